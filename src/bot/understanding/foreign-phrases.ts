/**
 * What people say to any town hall in languages it does not speak: hello, a person please, where
 * does my request stand. What they come for stands with each topic, under the language's code
 * (`phrases: {es: [...]}`); both together let us answer them with the right choices.
 */
import type { Topic } from '../../domain/topic';
import type { Phrase } from './examples';

/** By control intent, then by language; a bar parts phrases. */
const SAID: Record<string, Record<string, string>> = {
  greet: {
    es: 'hola|buenos días|buenas tardes',
    it: 'ciao|buongiorno|salve buonasera',
    pt: 'olá|bom dia|boa tarde',
    de: 'hallo|guten Tag|guten Morgen zusammen',
    nl: 'hallo|goedendag|goedemorgen',
    tr: 'merhaba|iyi günler|selam',
    pl: 'cześć|dzień dobry|dobry wieczór',
    ro: 'bună ziua|salut|bună seara',
    ru: 'здравствуйте|привет|добрый день',
    uk: 'добрий день|привіт|вітаю',
    ar: 'مرحبا|السلام عليكم|صباح الخير|salam alikoum|labas',
    zh: '你好|您好|早上好',
  },
  thanks: {
    es: 'gracias|muchas gracias por su ayuda',
    it: 'grazie|grazie mille dell’aiuto',
    pt: 'obrigado|muito obrigada pela ajuda',
    de: 'danke|vielen Dank für die Hilfe',
    nl: 'dank u|hartelijk bedankt voor de hulp',
    tr: 'teşekkürler|yardımınız için çok teşekkür ederim',
    pl: 'dziękuję|bardzo dziękuję za pomoc',
    ro: 'mulțumesc|mulțumesc mult pentru ajutor',
    ru: 'спасибо|большое спасибо за помощь',
    uk: 'дякую|щиро дякую за допомогу',
    ar: 'شكرا|شكرا جزيلا على المساعدة|choukran',
    zh: '谢谢|非常感谢您的帮助',
  },
  bye: {
    es: 'adiós|hasta luego',
    it: 'arrivederci|a presto',
    pt: 'adeus|até logo',
    de: 'auf Wiedersehen|tschüss',
    nl: 'tot ziens|doei',
    tr: 'hoşça kalın|görüşürüz',
    pl: 'do widzenia|na razie',
    ro: 'la revedere|pe curând',
    ru: 'до свидания|пока',
    uk: 'до побачення|бувайте',
    ar: 'مع السلامة|إلى اللقاء|bslama',
    zh: '再见|回头见',
  },
  help: {
    es: 'ayuda|qué puede hacer este servicio|cómo funciona esto|no entiendo',
    it: 'aiuto|cosa può fare questo servizio|come funziona|non capisco',
    pt: 'ajuda|o que pode fazer este serviço|como funciona isto|não percebo',
    de: 'was können Sie für mich tun|wie funktioniert das hier|ich verstehe nicht',
    nl: 'wat kan deze dienst|hoe werkt dit|ik begrijp het niet',
    tr: 'yardım|bu hizmet ne yapabilir|nasıl çalışıyor|anlamıyorum',
    pl: 'pomoc|co potrafi ten serwis|jak to działa|nie rozumiem',
    ro: 'ajutor|ce poate face acest serviciu|cum funcționează|nu înțeleg',
    ru: 'помощь|что умеет этот сервис|как это работает|не понимаю',
    uk: 'допомога|що вміє цей сервіс|як це працює|не розумію',
    ar: 'مساعدة|ماذا يمكن أن تفعل هذه الخدمة|كيف يعمل هذا|لا أفهم',
    zh: '帮助|这个服务能做什么|怎么用|我不明白',
  },
  talk_to_human: {
    es: 'quiero hablar con una persona|pueden llamarme por teléfono',
    it: 'voglio parlare con una persona|potete richiamarmi al telefono',
    pt: 'quero falar com uma pessoa|podem telefonar-me',
    de: 'ich möchte mit einem Menschen sprechen|bitte rufen Sie mich zurück',
    nl: 'ik wil een medewerker spreken|kunt u mij terugbellen',
    tr: 'bir yetkiliyle konuşmak istiyorum|beni arayabilir misiniz',
    pl: 'chcę rozmawiać z człowiekiem|proszę o telefon',
    ro: 'vreau să vorbesc cu o persoană|mă puteți suna',
    ru: 'хочу поговорить с человеком|перезвоните мне',
    uk: 'хочу поговорити з людиною|зателефонуйте мені',
    ar: 'أريد التحدث مع شخص|هل يمكنكم الاتصال بي',
    zh: '我想和工作人员说话|请给我打电话',
  },
  ticket_status: {
    es: 'en qué estado está mi solicitud|hice un aviso hace dos semanas y no hay respuesta',
    it: 'a che punto è la mia segnalazione|ho fatto richiesta due settimane fa e nessuna risposta',
    pt: 'em que estado está o meu pedido|fiz uma participação há duas semanas e não há resposta',
    de: 'wie ist der Stand meiner Meldung|ich habe vor zwei Wochen etwas gemeldet und keine Antwort',
    nl: 'wat is de stand van mijn melding|ik heb twee weken geleden iets gemeld en geen antwoord',
    tr: 'başvurum ne durumda|iki hafta önce bildirdim cevap yok',
    pl: 'jaki jest stan mojego zgłoszenia|zgłosiłem dwa tygodnie temu i brak odpowiedzi',
    ro: 'care e stadiul cererii mele|am făcut o sesizare acum două săptămâni fără răspuns',
    ru: 'в каком состоянии моё обращение|я подал заявку две недели назад и нет ответа',
    uk: 'який стан мого звернення|я подав заявку два тижні тому і немає відповіді',
    ar: 'ما هي حالة طلبي|قدمت شكاية منذ أسبوعين ولا جواب',
    zh: '我的申请进展如何|两周前报修还没有回复',
  },
  cancel: {
    es: 'cancelar mi solicitud|anular todo',
    it: 'annullare la mia richiesta|annulla tutto',
    pt: 'cancelar o meu pedido|anular tudo',
    de: 'meine Meldung stornieren|alles abbrechen',
    nl: 'mijn melding annuleren|alles afbreken',
    tr: 'başvurumu iptal et|hepsini iptal et',
    pl: 'anulować moje zgłoszenie|anuluj wszystko',
    ro: 'anularea cererii mele|anulează tot',
    ru: 'отменить моё обращение|отменить всё',
    uk: 'скасувати моє звернення|скасувати все',
    ar: 'إلغاء طلبي|ألغ كل شيء',
    zh: '取消我的申请|全部取消',
  },
  switch_language: {
    es: 'habla español|pueden responder en español',
    it: 'parlate italiano|potete rispondere in italiano',
    pt: 'fala português|podem responder em português',
    de: 'sprechen Sie Deutsch|können Sie auf Deutsch antworten',
    nl: 'spreekt u Nederlands|kunt u in het Nederlands antwoorden',
    tr: 'Türkçe konuşuyor musunuz|Türkçe cevap verebilir misiniz',
    pl: 'czy mówicie po polsku|proszę odpowiedzieć po polsku',
    ro: 'vorbiți românește|puteți răspunde în română',
    ru: 'вы говорите по-русски|можете ответить по-русски',
    uk: 'ви говорите українською|відповідайте українською',
    ar: 'هل تتكلمون العربية|هل يمكنكم الرد بالعربية',
    zh: '你会说中文吗|可以用中文回答吗',
  },
  complaint: {
    es: 'esto es una vergüenza nadie contesta|estoy muy descontento con el servicio',
    it: 'è una vergogna nessuno risponde|sono molto scontento del servizio',
    pt: 'isto é uma vergonha ninguém responde|estou muito descontente com o serviço',
    de: 'das ist eine Schande niemand antwortet|ich bin sehr unzufrieden mit dem Amt',
    nl: 'schandalig niemand antwoordt|ik ben zeer ontevreden over de dienst',
    tr: 'bu rezalet kimse cevap vermiyor|hizmetten çok şikayetçiyim',
    pl: 'to skandal nikt nie odpowiada|jestem bardzo niezadowolony z obsługi',
    ro: 'este o rușine nimeni nu răspunde|sunt foarte nemulțumit de serviciu',
    ru: 'это безобразие никто не отвечает|я очень недоволен обслуживанием',
    uk: 'це неподобство ніхто не відповідає|я дуже незадоволений обслуговуванням',
    ar: 'هذا عار لا أحد يجيب|أنا غير راض عن الخدمة',
    zh: '太过分了没人回复|我对服务很不满意',
  },
  privacy_request: {
    es: 'borrar mis datos personales|quién ve mis datos',
    it: 'cancellare i miei dati personali|chi vede i miei dati',
    pt: 'apagar os meus dados pessoais|quem vê os meus dados',
    de: 'meine persönlichen Daten löschen|wer sieht meine Daten Datenschutz',
    nl: 'mijn persoonsgegevens wissen|wie ziet mijn gegevens privacy',
    tr: 'kişisel verilerimi silin|verilerimi kim görüyor',
    pl: 'usunąć moje dane osobowe|kto widzi moje dane',
    ro: 'ștergeți datele mele personale|cine vede datele mele',
    ru: 'удалить мои персональные данные|кто видит мои данные',
    uk: 'видалити мої персональні дані|хто бачить мої дані',
    ar: 'حذف بياناتي الشخصية|من يطلع على بياناتي',
    zh: '删除我的个人数据|谁能看到我的数据',
  },
  out_of_scope: {
    es: 'qué tiempo hace mañana|quién ganó el partido|cuéntame un chiste|una receta de tortilla',
    it: 'che tempo fa domani|chi ha vinto la partita|raccontami una barzelletta|la ricetta della pizza',
    pt: 'que tempo faz amanhã|quem ganhou o jogo|conta-me uma anedota|receita de bacalhau',
    de: 'wie wird das Wetter morgen|wer hat das Spiel gewonnen|erzähl einen Witz|Rezept für Kuchen',
    nl: 'wat voor weer wordt het morgen|wie heeft de wedstrijd gewonnen|vertel een mop|recept voor soep',
    tr: 'yarın hava nasıl|maçı kim kazandı|bana fıkra anlat|börek tarifi',
    pl: 'jaka jutro pogoda|kto wygrał mecz|opowiedz dowcip|przepis na zupę',
    ro: 'cum e vremea mâine|cine a câștigat meciul|spune o glumă|rețetă de sarmale',
    ru: 'какая завтра погода|кто выиграл матч|расскажи анекдот|рецепт борща',
    uk: 'яка завтра погода|хто виграв матч|розкажи анекдот|рецепт вареників',
    ar: 'كيف الطقس غدا|من فاز في المباراة|احك لي نكتة|وصفة الكسكس',
    zh: '明天天气怎么样|谁赢了比赛|讲个笑话|菜谱',
  },
};

/** Read letter by letter, whatever the language: there are too few phrases for more. */
export const ABROAD = 'abroad';

/** A town's foreign phrases: those of its topics in languages it does not speak, and what is said anywhere. */
export function foreignPhrases(topics: Topic[], spoken: string[]): Phrase[] {
  const phrases: Phrase[] = [];
  const add = (label: string, byLanguage: Record<string, string[]>) => {
    for (const [language, texts] of Object.entries(byLanguage)) {
      if (!spoken.includes(language)) for (const text of texts) phrases.push({ text, label, language: ABROAD });
    }
  };
  for (const { id, phrases: said } of topics) add(id, said);
  if (phrases.length === 0) return [];
  for (const [intent, said] of Object.entries(SAID))
    add(intent, Object.fromEntries(Object.entries(said).map(([language, some]) => [language, some.split('|')])));
  return phrases;
}
