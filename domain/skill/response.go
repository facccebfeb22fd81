package skill

// Version is the version of the format that LEE speaks.
const Version = "1.0"

// Response is the answer to a Request. The zero Response says nothing and ends the
// session. Its texts are plain: whatever markup is in them is said, not obeyed.
type Response struct {
	// Speech is what is said; "" for nothing.
	Speech string
	// Reprompt is said when the microphone is open and nobody speaks; "" for nothing.
	Reprompt string
	// Card is what the Alexa app shows; nil for nothing.
	Card *Card
	// Open leaves the session open, with the microphone on.
	Open bool
	// Attributes are what the session keeps for its next request. What JSON cannot
	// write, and what is more than MostAttributes, is not kept.
	Attributes map[string]any
	// Elicit is a slot that the next words fill, whatever they are; "" for none. It
	// leaves the session open. It stands for the slot Elicit of the intent ElicitIn,
	// which must be in the interaction model's dialogue
	// (https://developer.amazon.com/docs/alexa/custom-skills/dialog-interface-reference.html#elicitslot).
	Elicit, ElicitIn string
	// Silent answers a request to which nothing may be said (Ended, and those that
	// are no person's): neither speech nor a session is in the answer.
	Silent bool
}

// Card is what the Alexa app shows of an answer.
type Card struct {
	// Link asks people to link their account, and is the whole of such a card.
	Link bool
	// Title and Text are plain text.
	Title, Text string
}
