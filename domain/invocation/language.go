package invocation

import "strings"

// language is what the rules must know of a language. Lists of words have a space at
// both ends, and one between words.
type language struct {
	// letters are those besides a to z, or, where the script is another one, from and
	// to are its first and last; latin says that Latin letters belong to it too.
	letters  string
	from, to rune
	latin    bool
	// unspaced says that there are no spaces between words: then a word is found
	// anywhere.
	unspaced bool
	// wake, reserved, launch, connecting and small are the words of the rules wake-word,
	// reserved-word, launch-phrase, connecting-word and article.
	wake, reserved, launch, connecting, small string
	// features are what Alexa can do herself, with commas around each.
	features string
	// compounds is added to what is said of a name of one word.
	compounds string
	// digits are the words for zero to nine.
	digits string
	// house is a word that makes two of one, byDefault a name that breaks no rule.
	house, byDefault string
}

const basicLetters = "abcdefghijklmnopqrstuvwxyz"

// Words that are the same wherever Latin letters are written.
const (
	wakeWords     = " alexa amazon echo computer ziggy "
	reservedWords = " skill skills app apps "
	product       = "home assistant"
)

// languageOf returns the language of a locale; English for one that is unknown.
func languageOf(locale string) *language {
	tag, _, _ := strings.Cut(locale, "-")
	if l := languages[tag]; l != nil {
		return l
	}
	return english
}

// letter says whether a letter may be in a name.
func (l *language) letter(r rune) bool {
	return r >= 'a' && r <= 'z' || l.from != 0 && r >= l.from && r <= l.to || strings.ContainsRune(l.letters, r)
}

func (l *language) wakes(word string) bool    { return l.among(l.wake, word) || among(wakeWords, word) }
func (l *language) launches(word string) bool { return l.among(l.launch, word) }
func (l *language) connects(word string) bool { return l.among(l.connecting, word) }
func (l *language) modest(word string) bool   { return l.among(l.small, word) }
func (l *language) reserves(word string) bool {
	return l.among(l.reserved, word) || among(reservedWords, word)
}

// among says whether a word is in a list, or, where words are not told apart by
// spaces, has one of the list's words in it.
func (l *language) among(list, word string) bool {
	if !l.unspaced {
		return among(list, word)
	}
	for listed := range strings.FieldsSeq(list) {
		if strings.Contains(word, listed) {
			return true
		}
	}
	return false
}

// among says whether a word is in a list, as it is or with a possessive's s.
func among(list, word string) bool {
	return strings.Contains(list, " "+strings.TrimSuffix(strings.TrimSuffix(word, "s'"), "'s")+" ")
}

var english = &language{
	launch:     " run start play resume use launch ask open tell load begin enable ",
	connecting: " to from in using with about for that by if and whether ",
	small:      " the a an for to of about up by at off with in on from ",
	features:   ",smart home,weather,news,music,radio,timer,alarm,calendar,shopping list,to do list,",
	digits:     "zero one two three four five six seven eight nine",
	house:      "home", byDefault: product,
}

// languages are by the tags that begin locales. The words are those of the sentences
// in which Amazon's pages have skills called
// (https://developer.amazon.com/docs/alexa/custom-skills/understanding-how-users-invoke-custom-skills.html).
var languages = map[string]*language{
	"en": english,
	"de": {
		letters:    "äöüß",
		launch:     " starte start öffne frage frag sage sag lade beginne aktiviere benutze nutze verwende spiele ",
		connecting: " von aus mit in über nach für ob dass und wenn zu durch ",
		small:      " der die das den dem des ein eine einen einem einer für zu von aus mit in an auf bei nach über um ",
		features:   ",smart home,wetter,nachrichten,musik,radio,timer,wecker,kalender,einkaufsliste,",
		compounds:  " or a compound",
		digits:     "null eins zwei drei vier fünf sechs sieben acht neun",
		house:      "zuhause", byDefault: product,
	},
	"fr": {
		letters:    "àâæçéèêëîïôœùûüÿ",
		launch:     " ouvre lance démarre commence demande dis utilise joue active charge exécute reprends ",
		connecting: " à de du au avec dans pour par sur si que et ",
		small:      " le la les un une des de du à au aux en pour par sur avec dans chez ",
		features:   ",maison connectée,météo,actualités,musique,radio,minuteur,alarme,calendrier,liste de courses,",
		digits:     "zéro un deux trois quatre cinq six sept huit neuf",
		house:      "maison", byDefault: product,
	},
	"es": {
		letters:    "áéíóúüñ",
		launch:     " abre inicia comienza empieza lanza pregunta pide dile di usa utiliza ejecuta juega carga activa reanuda ",
		connecting: " a al de en con por para sobre si que y desde ",
		small:      " el la los las un una unos unas de del a al en con por para ",
		features:   ",hogar digital,tiempo,noticias,música,radio,temporizador,alarma,calendario,lista de la compra,",
		digits:     "cero uno dos tres cuatro cinco seis siete ocho nueve",
		house:      "casa", byDefault: product,
	},
	"it": {
		letters:    "àèéìíîòóùú",
		launch:     " apri avvia inizia lancia chiedi domanda dì usa utilizza esegui gioca carica attiva riprendi ",
		connecting: " a da di in con su per se che e ",
		small:      " il lo la i gli le un uno una di del della a al in con per da su ",
		features:   ",casa intelligente,meteo,notizie,musica,radio,timer,sveglia,calendario,lista della spesa,", //nolint:misspell // Italian
		digits:     "zero uno due tre quattro cinque sei sette otto nove",
		house:      "casa", byDefault: product,
	},
	"pt": {
		letters:    "áâãàçéêíóôõúü",
		launch:     " abra abre abrir inicie inicia iniciar comece pergunte pergunta peça diga use execute jogue carregue ative ",
		connecting: " a de em com por para sobre se que e ",
		small:      " o a os as um uma de do da em no na com por para ",
		features:   ",casa inteligente,clima,notícias,música,rádio,timer,alarme,calendário,lista de compras,",
		digits:     "zero um dois três quatro cinco seis sete oito nove",
		house:      "casa", byDefault: product,
	},
	"nl": {
		letters:    "áäèéëïíóöúü",
		launch:     " open start begin vraag zeg gebruik speel laad activeer lanceer hervat ",
		connecting: " aan van in met over voor of dat en naar uit via ",
		small:      " de het een van voor met in op aan bij naar te ",
		features:   ",slim huis,weer,nieuws,muziek,radio,timer,wekker,agenda,boodschappenlijst,",
		digits:     "nul een twee drie vier vijf zes zeven acht negen",
		house:      "thuis", byDefault: product,
	},
	"hi": {
		from: 'ऀ', to: 'ॿ', latin: true,
		wake:       " एलेक्सा अमेज़न ईको कंप्यूटर ",
		reserved:   " स्किल ऐप ",
		launch:     " खोलो खोलें शुरू चालू पूछो पूछें बताओ open start launch ask play ",
		connecting: " से को में का की के और कि अगर ",
		features:   ",smart home,मौसम,समाचार,संगीत,रेडियो,टाइमर,अलार्म,",
		digits:     "शून्य एक दो तीन चार पांच छह सात आठ नौ",
		house:      "home", byDefault: product,
	},
	"ar": {
		from: 'ء', to: 'ْ',
		wake:       " أليكسا اليكسا أمازون امازون إيكو ايكو كمبيوتر ",
		reserved:   " مهارة تطبيق ",
		launch:     " افتحي شغلي ابدئي اسألي أسألي اطلبي استخدمي ابحثي قولي ",
		connecting: " من في عن إذا أن إلى على ",
		features:   ",الطقس,الأخبار,الموسيقى,الراديو,المؤقت,المنبه,",
		digits:     "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة",
		house:      "المنزل", byDefault: "مساعد المنزل",
	},
	"ja": {
		from: '々', to: '鿿', unspaced: true,
		wake:      " アレクサ アマゾン エコー コンピューター ジギー ",
		reserved:  " スキル アプリ ",
		launch:    " 開いて 起動して 始めて 聞いて 教えて ",
		features:  ",スマートホーム,天気,ニュース,音楽,ラジオ,タイマー,アラーム,",
		digits:    "ゼロ いち に さん よん ご ろく なな はち きゅう",
		house:     "ホーム",
		byDefault: "ホームアシスタント",
	},
}
