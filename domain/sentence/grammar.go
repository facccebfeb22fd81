package sentence

// grammar is how a language makes a question of a clause.
type grammar struct {
	// verbs are the finite verbs that are known. A clause turns around one of them.
	verbs []string
	// last says that the verb of a clause is its last word ("ob die Garage offen ist").
	last bool
	// busy are verbs that say too much to be turned where they are the last word.
	busy []string
	// whole are verbs that are a verb by themselves unless a participle follows, with the
	// verb that helps them and what they become: "the phone has" and "does the phone have".
	whole []helped
	// parts are participles that do not end as others do, ends how others end, and adverbs
	// may stand before a participle.
	parts, ends, adverbs []string
	// objects begin what somebody has: no participle follows.
	objects []string
	// fused says that a participle moves with its verb ("ha dejado alguien"), with the verbs.
	fused []string
	// short are words that stand for two: "there's".
	short []short
	// pronouns are a subject by themselves, determiners begin one and need a noun after them.
	pronouns, determiners []string
	// settles are words that begin what comes after "how many windows": "open", "in". They
	// are known where the verb is last.
	settles []string
	// joins are words after which a clause may have another verb of its own: it is left as
	// it is. clitics are words that move with the verb after them.
	joins, clitics []string
	// relations need a noun after them: words before the subject do not end in one.
	relations []string
	// tails are words at the end that are no part of the clause.
	tails []string
	// prefix makes a question of a clause that is not turned; elided is the same before a
	// vowel. A language with a prefix turns nothing. inverted are the ends of words that
	// make a question without it: "est-elle".
	prefix, elided string
	inverted       []string
	// lead is put back before a clause that is not turned, where without it nobody would
	// take the clause for a question.
	lead string
}

// helped is a verb, its helper, and what the verb becomes with it.
type helped struct{ verb, by, becomes string }

// short is a word that stands for others.
type short struct {
	word string
	long []string
}
