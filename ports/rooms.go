package ports

import "context"

// Rooms knows which Echo stands in which room.
type Rooms interface {
	// Room returns the id of the area of the home that an Echo stands in, "" when
	// nobody has told. device is the Echo's id in the skill's requests. It has no
	// effect and may be repeated.
	//
	// It fails with fault.Throttled, fault.NotAllowed, fault.Misconfigured,
	// fault.Unreachable and fault.Deadline as Parameters does.
	Room(ctx context.Context, device string) (area string, err error)

	// Keep has it known from here on which area an Echo stands in, instead of
	// the area that was known before; with "" nobody knows any more. It may be repeated.
	// lasting says whether it will be known for good, and not just for as long as
	// this process lives. It fails as Room does, with fault.Invalid without a device,
	// and with fault.Refused where the operator of LEE has said where it stands.
	Keep(ctx context.Context, device, area string) (lasting bool, err error)
}
