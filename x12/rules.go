package x12

// Rule ids of the envelope and of the tokenizer, SNIP level 0 and 1.
const (
	RuleNoInterchange    = "envelope/no-interchange"    // no ISA and no bare set in the input
	RuleBareSet          = "envelope/bare-set"          // a set without ISA, delimiters taken from ST
	RuleISAWidth         = "envelope/isa-width"         // ISA not of fixed width
	RuleDelimiters       = "envelope/delimiters"        // separators clash or cannot be separators
	RuleRepetition       = "envelope/repetition"        // ISA11 cannot serve as repetition separator
	RuleJunk             = "envelope/junk"              // bytes around interchanges that belong to none
	RuleTruncated        = "envelope/truncated"         // input ends inside a set
	RuleMissingSE        = "envelope/missing-se"        // ST, GE or IEA before SE
	RuleMissingGE        = "envelope/missing-ge"        // GS, IEA, ISA or the end before GE
	RuleMissingIEA       = "envelope/missing-iea"       // ISA or the end before IEA
	RuleMissingISA       = "envelope/missing-isa"       // GS behind an IEA
	RuleMissingGS        = "envelope/missing-gs"        // ST outside a group
	RuleStrayTrailer     = "envelope/stray-trailer"     // SE, GE or IEA that closes nothing
	RuleOutsideSet       = "envelope/outside-set"       // a body segment outside a set
	RuleSECount          = "envelope/se-count"          // SE01 differs from the segments counted
	RuleGECount          = "envelope/ge-count"          // GE01 differs from the sets counted
	RuleIEACount         = "envelope/iea-count"         // IEA01 differs from the groups counted
	RuleSEControl        = "envelope/se-control"        // SE02 differs from ST02
	RuleGEControl        = "envelope/ge-control"        // GE02 differs from GS06
	RuleIEAControl       = "envelope/iea-control"       // IEA02 differs from ISA13
	RuleDuplicateControl = "envelope/duplicate-control" // ST02 or GS06 as in a set of the group or group of the interchange before
	RuleISAElement       = "envelope/isa-element"       // an element of the ISA that no receiver could take
	RuleGSElement        = "envelope/gs-element"        // GS01, 02, 03, 06 or 08 missing or malformed
	RuleSTElement        = "envelope/st-element"        // ST01 malformed
	RuleSTVersion        = "envelope/st-version"        // ST03 differs from GS08
	RuleSetGroup         = "envelope/set-group"         // GS01 is not that of the set's guide
	RuleEmptySegment     = "segment/empty"              // two terminators in a row
	RuleNoTerminator     = "segment/no-terminator"      // the last terminator is missing
	RuleSegmentID        = "segment/id"                 // not a segment identifier
	RuleLimit            = "limit"                      // over one of the Limits
)
