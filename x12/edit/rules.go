package edit

// Rule ids of what [Split] finds. What the reader finds comes under its own.
const (
	RuleSetType    = "split/set-type"    // a set that cannot be split as asked: kept in the rest
	RuleOutside    = "split/outside-set" // a segment outside sets, or an envelope without sets: kept in the rest
	RuleLevel      = "split/level"       // an HL03 other than 20, 22 and 23, or a claim above all levels
	RuleParent     = "split/parent"      // HL02 does not name the level that the HL stands below
	RuleEmptyLevel = "split/empty-level" // a level, or a whole 837, without claims
	RuleNoKey      = "split/no-key"      // nothing that names the provider or payer
	RuleLargeSet   = "split/large-set"   // an 835 with more claims than a part is to have
	RuleAmount     = "split/amount"      // an amount that is no number and not in the totals
	RuleExtra      = "envelope/extra-elements"
)
