package phrase

// Phrases is how many phrases there are: they are the numbers below it.
const Phrases = phrases
