package x12

// Limits bound what one input can make a reader hold. A zero field means the default.
// Going over one is a Fatal issue that names it; nothing is ever cut short silently.
type Limits struct {
	SegmentBytes int // bytes of one segment; default 1 MiB
	Elements     int // elements of one segment; default 4,096
	JunkBytes    int // bytes outside interchanges that are neither blank nor a segment; default 4 KiB
	UnitBytes    int // bytes of one claim, member or header kept together; default 16 MiB
	UnitSegments int // segments of the same; default 200,000
	SetBytes     int // bytes of a set decoded as a whole; default 256 MiB
}

func (l Limits) withDefaults() Limits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.SegmentBytes, 1<<20)
	def(&l.Elements, 4096)
	def(&l.JunkBytes, 4<<10)
	def(&l.UnitBytes, 16<<20)
	def(&l.UnitSegments, 200_000)
	def(&l.SetBytes, 256<<20)
	return l
}

// Option changes how a [Reader] works.
type Option func(*Reader)

// WithSink makes the reader hand its findings to sink. Without one they are dropped.
func WithSink(sink Sink) Option { return func(r *Reader) { r.sink = sink } }

// WithLimits replaces the default [Limits].
func WithLimits(l Limits) Option { return func(r *Reader) { r.limits = l.withDefaults() } }

// WithBuffer sets the size of the read window in bytes; the default is 64 KiB and the least 1 KiB.
// The window grows when one unit needs more.
func WithBuffer(size int) Option { return func(r *Reader) { r.size = max(size, 1<<10) } }
