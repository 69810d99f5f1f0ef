package edi834

// Linker tells which subscriber a dependent belongs to, member by member in the order of the file: the one in front of it,
// when both have the same SubscriberID. It keeps one member. The zero value is ready to use; a new file starts with a new
// one.
type Linker struct {
	open *Member
}

// Link returns the subscriber of m: m itself when it is one, nil for a dependent whose subscriber is not the last one
// before it. In a file of changes that is usual, since a subscriber of whom nothing changes is not sent; then only
// SubscriberID says whose dependent it is.
func (l *Linker) Link(m *Member) *Member {
	if m.IsSubscriber() {
		l.open = m
		return m
	}
	if l.open == nil || l.open.SubscriberID != m.SubscriberID {
		return nil
	}
	return l.open
}

// Family is a subscriber with its dependents.
type Family struct {
	SubscriberID string
	Subscriber   *Member   // nil when it is not in the file
	Dependents   []*Member // in the order of the file
}

// Families returns the members of the file by SubscriberID, wherever they stand in it, in the order in which the families
// begin. What is returned points into Members. A second subscriber with the number of another begins a family of its
// own, to which the dependents behind it belong.
func (f *File) Families() []Family {
	var list []Family
	at := make(map[string]int, len(f.Members))
	for i := range f.Members {
		m := &f.Members[i]
		k, known := at[m.SubscriberID]
		if !known || m.IsSubscriber() && list[k].Subscriber != nil {
			k = len(list)
			list = append(list, Family{SubscriberID: m.SubscriberID})
			at[m.SubscriberID] = k
		}
		if m.IsSubscriber() {
			list[k].Subscriber = m
		} else {
			list[k].Dependents = append(list[k].Dependents, m)
		}
	}
	return list
}
