package skillpackage

// text is what the Alexa app shows of a skill. Amazon asks for three phrases.
type text struct {
	summary, description string
	phrases              [3]string
}

// texts are by language.
var texts = map[string]text{
	"ar": {
		"منزلك عبر Home Assistant الخاص بك.",
		"تربط هذه المهارة أليكسا بنظام Home Assistant الذي تديره بنفسك. وهي مخصصة لأسرة واحدة ولا تُنشر.",
		[3]string{"أليكسا، شغلي ضوء المطبخ", "أليكسا، اضبطي غرفة النوم على 20 درجة", "أليكسا، ابحثي عن أجهزتي"},
	},
	"de": {
		"Ihr Zuhause über Ihr eigenes Home Assistant.",
		"Dieser Skill verbindet Alexa mit einem Home Assistant, das Sie selbst betreiben. Er ist für einen Haushalt und wird nicht veröffentlicht.",
		[3]string{"Alexa, schalte das Küchenlicht ein", "Alexa, stelle das Schlafzimmer auf 20 Grad", "Alexa, suche meine Geräte"},
	},
	"en": {
		"Your home, by your own Home Assistant.",
		"This skill connects Alexa to a Home Assistant that you run yourself. It is for one household, and is not published.",
		[3]string{"Alexa, turn on the kitchen light", "Alexa, set the bedroom to 20 degrees", "Alexa, discover my devices"},
	},
	"es": {
		"Su casa, con su propio Home Assistant.",
		"Esta skill conecta Alexa con un Home Assistant que usted mismo administra. Es para un solo hogar y no se publica.",
		[3]string{"Alexa, enciende la luz de la cocina", "Alexa, pon el dormitorio a 20 grados", "Alexa, detecta mis dispositivos"},
	},
	"fr": {
		"Votre maison, par votre propre Home Assistant.",
		"Cette skill relie Alexa à un Home Assistant que vous gérez vous-même. Elle est destinée à un seul foyer et n'est pas publiée.",
		[3]string{"Alexa, allume la lumière de la cuisine", "Alexa, règle la chambre sur 20 degrés", "Alexa, détecte mes appareils"}, //nolint:misspell // French
	},
	"hi": {
		"आपका घर, आपके अपने Home Assistant के साथ।",
		"यह स्किल Alexa को आपके अपने Home Assistant से जोड़ती है। यह एक ही घर के लिए है और प्रकाशित नहीं की जाती।",
		[3]string{"Alexa, रसोई की लाइट चालू करो", "Alexa, बेडरूम को 20 डिग्री पर सेट करो", "Alexa, मेरे डिवाइस खोजो"},
	},
	"it": {
		"La tua casa, con il tuo Home Assistant.",
		"Questa skill collega Alexa a un Home Assistant che gestisci tu. È per una sola famiglia e non viene pubblicata.",
		[3]string{"Alexa, accendi la luce della cucina", "Alexa, imposta la camera a 20 gradi", "Alexa, trova i miei dispositivi"},
	},
	"ja": {
		"ご自身のHome Assistantで家を操作します。",
		"ご自身で運用するHome AssistantとAlexaをつなぐスキルです。一つの家庭のためのもので、公開されません。",
		[3]string{"アレクサ、キッチンの照明をつけて", "アレクサ、寝室を20度にして", "アレクサ、デバイスを探して"},
	},
	"nl": {
		"Uw huis, met uw eigen Home Assistant.",
		"Deze skill verbindt Alexa met een Home Assistant die u zelf beheert. Hij is voor één huishouden en wordt niet gepubliceerd.",
		[3]string{"Alexa, doe het keukenlicht aan", "Alexa, zet de slaapkamer op 20 graden", "Alexa, zoek mijn apparaten"},
	},
	"pt": {
		"Sua casa, com o seu próprio Home Assistant.",
		"Esta skill conecta a Alexa a um Home Assistant que você mesmo mantém. É para uma única residência e não é publicada.",
		[3]string{"Alexa, acenda a luz da cozinha", "Alexa, ajuste o quarto para 20 graus", "Alexa, descubra meus dispositivos"},
	},
}
