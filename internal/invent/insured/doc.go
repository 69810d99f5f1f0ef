// Package insured draws whom eligibility inquiries and their answers are about:
// information sources (payers), information receivers (providers), subscribers
// and dependents, all invented. The synthetic 270 and 271 share it.
//
//	t := insured.NewTables()
//	s := t.Subscriber(&r)
//	d := t.Dependent(&r, &s)
package insured
