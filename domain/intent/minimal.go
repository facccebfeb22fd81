package intent

// The languages in which people can talk to the home's agent and to nothing else: with
// carriers for sentences and without ordinals. People who speak them have not reviewed
// the words.
var (
	arabic = vocabulary{language: "ar", carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"ما", "ماذا"}, Before: "ما"},
		{Intent: "ConverseHow", Words: []string{"كيف"}, Before: "كيف"},
		{Intent: "ConverseHowMany", Words: []string{"كم"}, Before: "كم"},
		{Intent: "ConverseWhere", Words: []string{"أين"}, Before: "أين"},
		{Intent: "ConverseIs", Words: []string{"هل"}, Before: "هل"},
		{Intent: "ConverseSwitch", Words: []string{"شغل", "شغلي"}, Before: "شغل"},
		{Intent: "ConverseSwitchOff", Words: []string{"أطفئ", "أطفئي"}, Before: "أطفئ"},
		{Intent: "ConverseTo", Words: []string{"أن", "من فضلك"}},
	}}
	hindi = vocabulary{language: "hi", carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"क्या"}, Before: "क्या"},
		{Intent: "ConverseHow", Words: []string{"कैसे"}, Before: "कैसे"},
		{Intent: "ConverseHowMany", Words: []string{"कितने", "कितनी"}, Before: "कितने"},
		{Intent: "ConverseWhere", Words: []string{"कहाँ"}, Before: "कहाँ"},
		{Intent: "ConverseWhich", Words: []string{"कौन सी", "कौन सा"}, Before: "कौन सी"},
		{Intent: "ConverseTo", Words: []string{"कि", "कृपया", "मेरे घर से कहो"}},
	}}
	japanese = vocabulary{language: "ja", carriers: []Carrier{
		{Intent: "ConverseTo", Words: []string{"お願い", "質問", "質問です", "ねえ"}},
	}}
	dutch = vocabulary{language: "nl", carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"wat"}, Before: "wat"},
		{Intent: "ConverseWhatIs", Words: []string{"wat is"}, Before: "wat is"},
		{Intent: "ConverseHow", Words: []string{"hoe"}, Before: "hoe"},
		{Intent: "ConverseWho", Words: []string{"wie"}, Before: "wie"},
		{Intent: "ConverseWhere", Words: []string{"waar"}, Before: "waar"},
		{Intent: "ConverseWhen", Words: []string{"wanneer"}, Before: "wanneer"},
		{Intent: "ConverseWhich", Words: []string{"welke"}, Before: "welke"},
		{Intent: "ConverseIs", Words: []string{"is"}, Before: "is"},
		{Intent: "ConverseAre", Words: []string{"zijn"}, Before: "zijn"},
		{Intent: "ConverseSwitch", Words: []string{"zet"}, Before: "zet"},
		{Intent: "ConverseMake", Words: []string{"doe"}, Before: "doe"},
		{Intent: "ConverseOpen", Words: []string{"open"}, Before: "open"},
		{Intent: "ConverseClose", Words: []string{"sluit"}, Before: "sluit"},
		{Intent: "ConverseTo", Words: []string{"om", "alsjeblieft", "alstublieft"}},
		{Intent: "ConverseTell", Words: []string{"zeg me", "vertel me"}, Before: "zeg me"},
	}}
	portuguese = vocabulary{language: "pt", carriers: []Carrier{
		{Intent: "ConverseWhat", Words: []string{"o que"}, Before: "o que"},
		{Intent: "ConverseWhatIs", Words: []string{"qual é", "qual a"}, Before: "qual é"},
		{Intent: "ConverseHow", Words: []string{"como"}, Before: "como"},
		{Intent: "ConverseHowMany", Words: []string{"quantas", "quantos"}, Before: "quantas"},
		{Intent: "ConverseWho", Words: []string{"quem"}, Before: "quem"},
		{Intent: "ConverseWhere", Words: []string{"onde"}, Before: "onde"},
		{Intent: "ConverseWhen", Words: []string{"quando"}, Before: "quando"},
		{Intent: "ConverseSwitch", Words: []string{"acenda", "ligue"}, Before: "ligue"},
		{Intent: "ConverseSwitchOff", Words: []string{"apague", "desligue"}, Before: "desligue"},
		{Intent: "ConverseSet", Words: []string{"ajuste"}, Before: "ajuste"},
		{Intent: "ConverseOpen", Words: []string{"abra"}, Before: "abra"},
		{Intent: "ConverseClose", Words: []string{"feche"}, Before: "feche"},
		{Intent: "ConverseTo", Words: []string{"para", "por favor"}},
		{Intent: "ConverseTell", Words: []string{"me diga"}, Before: "me diga"},
	}}
)

var conversational = []vocabulary{arabic, hindi, japanese, dutch, portuguese}

// ConversationLanguages returns the languages in which people can talk to the home's
// agent and to nothing else of the assistant: it has few words of its own there.
func ConversationLanguages() []string { return languagesOf(conversational) }

// InConversation says whether an intent is there in a language of ConversationLanguages.
func (i Intent) InConversation() bool {
	return i.Builtin || i.Name == Converse || i.Name == Continue
}
