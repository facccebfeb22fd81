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
	whole map[string]helped
	// parts are participles that do not end as others do, ends how others end, and adverbs
	// may stand before a participle.
	parts, ends, adverbs []string
	// objects begin what somebody has: no participle follows.
	objects []string
	// fused says that a participle moves with its verb ("ha dejado alguien"), with the verbs.
	fused []string
	// short are words that stand for two: "there's".
	short map[string][]string
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

// helped is a verb's helper, and what the verb becomes with it.
type helped struct{ by, becomes string }

var grammars = map[string]grammar{
	"en": {
		verbs:    []string{"is", "are", "was", "were", "has", "have", "had", "can", "could", "will", "would", "should", "does", "do", "did", "am"},
		busy:     []string{"can", "could", "will", "would", "should"},
		pronouns: []string{"it", "he", "she", "they", "we", "i", "you", "there", "this", "that", "everything", "anything", "everybody", "everyone", "anybody", "anyone", "somebody", "someone"},
		determiners: []string{
			"the", "a", "an", "my", "our", "your", "his", "her", "their", "these", "those", "any", "all", "some", "both",
		},
		joins:     []string{"that", "which", "who", "whose", "where", "when", "while", "because", "if", "whether", "and", "or", "but", "what", "how"},
		relations: []string{"in", "on", "at", "of", "from", "to", "with", "for", "under", "above", "near", "by", "into", "off", "behind", "before", "after", "over", "outside", "inside"},
		whole: map[string]helped{
			"has": {"does", "have"}, "have": {"do", "have"}, "had": {"did", "have"}, "does": {"does", "do"}, "do": {"do", "do"}, "did": {"did", "do"},
		},
		parts: []string{
			"been", "left", "gone", "come", "run", "done", "seen", "shut", "got", "had", "made", "put", "rung", "set", "forgotten", "begun", "broken", "let", "lost", "sent",
		},
		ends: []string{"ed"}, adverbs: []string{"already", "ever", "just", "never", "not", "always", "still"},
		objects: []string{"no", "any", "enough", "much", "more", "a", "an", "the", "some", "something", "anything"},
		short: map[string][]string{
			"there's": {"there", "is"}, "they're": {"they", "are"}, "we're": {"we", "are"}, "you're": {"you", "are"}, "i'm": {"i", "am"},
		},
		tails: []string{"or not"}, lead: "if",
	},
	"de": {
		verbs: []string{
			"ist", "sind", "war", "waren", "hat", "haben", "kann", "können", "wird", "werden", "läuft", "laufen", "brennt", "brennen", "steht", "stehen",
			"gibt", "liegt", "liegen", "beträgt", "wurde", "wurden", "muss", "darf", "soll", "funktioniert", "bleibt", "schläft", "schneit", "klingelt", "kommt", "kommen", "geht", "gehen", "fährt", "endet", "beginnt", "dauert", "braucht", "leuchtet", "leuchten", "scheint", "regnet",
		},
		last:        true,
		pronouns:    []string{"es", "er", "sie", "wir", "ich", "du", "ihr", "man", "jemand", "niemand", "alles", "etwas"},
		determiners: []string{"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "mein", "meine", "unser", "unsere", "alle", "noch"},
		joins:       []string{"und", "oder", "aber", "weil", "dass", "daß", "wenn", "ob", "wo", "wie", "was", "wer", "welche", "welcher", "welches"},
		settles: []string{
			"im", "in", "am", "an", "auf", "aus", "ab", "zu", "bei", "beim", "vor", "hinter", "unter", "über", "neben", "offen", "geöffnet", "geschlossen", "gekippt",
			"eingeschaltet", "ausgeschaltet", "abgeschlossen", "verriegelt", "aktiv", "da", "daheim", "zuhause", "online", "offline", "leer", "voll", "kaputt", "verfügbar",
			"erreichbar", "frei", "belegt", "warm", "kalt", "hell", "dunkel", "noch", "gerade", "jetzt", "heute", "hier", "oben", "unten", "draußen", "drinnen", "schon",
		},
		tails: []string{"oder nicht"}, lead: "ob",
	},
	"fr": {
		verbs: []string{
			"est", "sont", "était", "étaient", "a", "ont", "va", "vont", "fait", "peut", "sera", "arrive", "marche", "fonctionne", "finit", "reste", "trouve", "commence",
		},
		pronouns: []string{"il", "elle", "ils", "elles", "on", "je", "tu", "nous", "vous", "ça"},
		determiners: []string{
			"le", "la", "les", "un", "une", "mon", "ma", "mes", "notre", "nos", "ton", "ta", "tes", "votre", "vos", "cette", "ces",
		},
		prefix: "est-ce que ", elided: "est-ce qu'", inverted: []string{"-il", "-elle", "-ils", "-elles", "-on", "-je", "-tu", "-vous"},
	},
	"es": {
		verbs:   []string{"está", "están", "estaba", "es", "son", "hay", "ha", "han", "tiene", "tienen"},
		fused:   []string{"ha", "han"},
		parts:   []string{"abierto", "puesto", "hecho", "visto", "vuelto", "roto", "escrito", "dicho", "muerto"},
		ends:    []string{"ado", "ido", "ído"},
		joins:   []string{"que", "y", "o", "pero", "porque", "si", "donde", "cuando", "quien", "cual", "como"},
		clitics: []string{"no", "se", "me", "te", "lo", "le", "les", "nos", "os", "ya"},
		tails:   []string{"o no"},
	},
	"it": {tails: []string{"o no"}}, // an Italian question has the words of the clause
}
