// Package codec is what the generated packages ts835, ts837, ... run on: it cuts a stream into the parts that are
// handed out one by one (header, claim, trailer), reads typed values off them and writes typed values back.
//
// Vocabulary. A scope is one such part; the unit is the scope a stream is about, the claim of an 835. A [Tape] holds the
// placed segments of one scope without copying them. A [Stream] fills tapes; generated code decodes a tape into a
// struct with a [Decoder] and encodes a struct with an [Encoder].
//
// Nothing is lost on the way: what a struct has no field for is kept in its [Extras], by comparing what the encoder
// makes of the decoded struct with what had come. That comparison only runs for scopes in which the decoder
// has seen something odd.
//
// Programs use the generated packages; this one is exported for them.
package codec
