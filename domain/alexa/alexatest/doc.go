// Package alexatest checks in tests that what LEE sends is what Alexa takes.
//
// Every message is checked twice. First by rules of our own, taken from
// Amazon's pages: members and their forms, which names go together, values in
// their ranges, what discovery must not contradict itself in. Then against
// Amazon's message schema, which is not ours to copy: it is found by the
// environment variable ALEXA_SCHEMA, or at
// ../shared/alexa_smart_home_message_schema.json seen from the module's root.
// Without it the tests say so and go on; with CI=true or LEE_REQUIRE_SCHEMA=1
// they fail.
//
// That schema is old. What it does not know and Alexa does is listed, value by
// value, in gap.go.
//
// Only tests may import this package: it brings the schema validator with it.
package alexatest
