package home

import "github.com/lambda-execution-engine/lee/domain/secret"

// Stream is a camera's picture, moving and still. Both are paths below the home's
// address that let in anyone who knows them, without a token and for some minutes:
// each is as secret as a token.
type Stream struct {
	// Playlist is where its HLS playlist is (RFC 8216).
	Playlist secret.Text
	// Still is where its picture of this moment is, a JPEG.
	Still secret.Text
}
