/**
 * Nothing is said that did not happen: every sentence of the product either claims nothing, or has an effect that a person
 * can see, and a test that looks for it. A new sentence is added to one of the two lists.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../..');

/** Sentence -> what was done, the test that looks for it, and the words by which it looks. */
const CLAIMS: Record<string, [effect: string, file: string, test: string, looks: string]> = {
  'alert.escalated': [
    'the step in its history',
    'test/stories/desk-wait.test.ts',
    'a danger that nobody acknowledges',
    "kind: 'escalated'",
  ],
  'alert.false-alarm': [
    "the alert's state",
    'test/stories/alerts.test.ts',
    'a place said later, and a false alarm',
    "state: 'false-alarm'",
  ],
  'alert.opened': [
    'the citizen was told whom to call; the alert stands in `npm run ticket`',
    'test/stories/alerts.test.ts',
    'the duty phone and the web hook hear of it',
    "ticket('list')",
  ],
  'alert.place': [
    "the alert's place",
    'test/stories/alerts.test.ts',
    'a place said later, and a false alarm',
    "place: { text: '5 rue Ampère' }",
  ],
  'answer.verified': [
    "the answer's own date and source",
    'test/stories/front-door.test.ts',
    'a follow-up keeps the topic it leans on',
    'Vérifié le',
  ],
  'cancel.done': ['no ticket', 'test/stories/bot.test.ts', 'back, edit after the summary, and cancel', 'toHaveLength(0)'],
  'cancel.withdrawn': [
    "the ticket's state",
    'test/stories/notices.test.ts',
    'a request that waits is still open',
    "state: 'withdrawn'",
  ],
  'danger.minor.told': ['the same', 'test/unit/alert.test.ts', 'told where somebody was reached', 'danger.minor.told'],
  'danger.told': [
    'a text message or web hook that was accepted',
    'test/stories/alerts.test.ts',
    'the duty phone and the web hook hear of it',
    'verify(body, headers)',
  ],
  'formal.acknowledgement': [
    'the clock of the request, and an e-mail',
    'test/stories/formal.test.ts',
    'a formal request is acknowledged',
    'decidesOn',
  ],
  'form.contact-gone': [
    'no contact on the ticket',
    'test/stories/second-thoughts.test.ts',
    '%s: a number that was given can be taken off',
    'contact).toBeUndefined()',
  ],
  'form.corrected': ["the ticket's place", 'test/stories/phone.test.ts', 'a correction in the middle of a form', 'place?.text'],
  'form.expired': ['no ticket', 'test/stories/bot.test.ts', 'a draft left for a day is put away', 'toHaveLength(0)'],
  'form.file-kept': [
    "the ticket's files",
    'test/stories/front-door.test.ts',
    'a pothole with address, photo and contact',
    'files).toHaveLength(1)',
  ],
  'form.noted': [
    "the citizen's words on the ticket",
    'test/stories/bot.test.ts',
    'what is noted on the way is on the request',
    'boulangerie/',
  ],
  'form.opened': [
    'a ticket with this reference',
    'test/stories/front-door.test.ts',
    'a pothole with address, photo and contact',
    'rows.tickets(',
  ],
  'form.passed-on': [
    "the citizen's question on the ticket",
    'test/stories/bot.test.ts',
    'a question that nobody can answer goes with the request where the citizen wants it',
    'là quand vous passez/',
  ],
  'form.received': [
    "the ticket's service",
    'test/stories/front-door.test.ts',
    'a pothole with address, photo and contact',
    "service: 'voirie'",
  ],
  'join.added': [
    "the citizen's words on the ticket",
    'test/stories/request-life.test.ts',
    'the same thing again without a place',
    "text: 'le lampadaire est en panne'",
  ],
  'join.answered': [
    "the ticket's state and the citizen's words on it",
    'test/stories/request-life.test.ts',
    'the answer that the service waits for',
    "was: 'waiting'",
  ],
  'join.contact': [
    "the ticket's contact",
    'test/stories/after-sending.test.ts',
    'a number left after sending is put on the request',
    'contact: { kind',
  ],
  'join.corrected': ["the ticket's place", 'test/stories/request-life.test.ts', 'a correction within minutes', 'place?.text'],
  'join.unknown-door': [
    "the ticket's place",
    'test/stories/second-thoughts.test.ts',
    'after it was sent, a number that the map does not have is the place',
    "text: '250 rue Pascal'",
  ],
  'join.reopened': [
    "the ticket's state",
    'test/stories/request-life.test.ts',
    'what is not repaired opens again with one reply',
    'reopened: 1',
  ],
  'limits.automatic': [
    'silence, with the messages kept',
    'test/stories/phone-limits.test.ts',
    'an out-of-office reply and the bot end',
    "collection('inbox')",
  ],
  'limits.day': [
    'silence, until the day after',
    'test/stories/phone-limits.test.ts',
    'one phone that writes and writes',
    '25 * 60 * 60 * 1000',
  ],
  'limits.hour': [
    'silence, until an hour later',
    'test/stories/phone-limits.test.ts',
    'one phone that writes and writes',
    'toHaveLength(6)',
  ],
  'media.added': [
    "the ticket's files",
    'test/stories/phone.test.ts',
    'a citizen comes back and asks after the request',
    'files).toHaveLength(1)',
  ],
  'media.kept.one': [
    'the photos wait for what they are about',
    'test/stories/phone.test.ts',
    'photos only: kept, with one question',
    'toMatch(/5/)',
  ],
  'media.kept.other': [
    'the photos wait for what they are about',
    'test/stories/phone.test.ts',
    'photos only: kept, with one question',
    'toMatch(/5/)',
  ],
  'media.pin': ["the ticket's place", 'test/stories/phone.test.ts', 'a pin only, then what it is about', 'ticketsOf(address)'],
  'notice.comment': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.assigned': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.closed': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.in-progress': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.registered': [
    'a request with this reference',
    'test/stories/desk-counter.test.ts',
    'a call becomes a request',
    'tickets/',
  ],
  'notice.moved': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.new': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.followed': [
    'what an agent did to the ticket',
    'test/stories/one-incident.test.ts',
    'a neighbour who says yes',
    'Canalisation réparée',
  ],
  'notice.merged': ['both histories say so', 'test/stories/one-incident.test.ts', 'put together', 'mergedInto'],
  'notice.forwarded': [
    'the letter, with who it is',
    'test/stories/forwarding.test.ts',
    'where the citizen agreed',
    'letters()[1]',
  ],
  'notice.forwarded-nameless': [
    'the letter, without who it is',
    'test/stories/forwarding.test.ts',
    'by e-mail, without who it is',
    'not.toMatch(/ana@exemple|39 98/)',
  ],
  'notice.forwarded-photos': [
    'the photo, behind a link in the letter',
    'test/stories/forwarding.test.ts',
    'photos go along where the town wants it',
    "'image/jpeg'",
  ],
  'notice.partner-closed': [
    'what the other authority says, in the history',
    'test/stories/forwarding.test.ts',
    'a topic of another authority goes to its Open311 at once',
    "partner: 'closed'",
  ],
  'status.forwarded': [
    'the handing over, sent',
    'test/stories/forwarding.test.ts',
    'by e-mail, without who it is',
    "state: 'sent'",
  ],
  'status.forwarded-as': [
    "the other's reference on the request",
    'test/stories/forwarding.test.ts',
    'a topic of another authority goes to its Open311 at once',
    'reference: there!.publicId',
  ],
  'notice.office': ['what an agent did to the ticket', 'test/stories/due.test.ts', 'not ours', "state: 'moved'"],
  'notice.refused': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.resolved': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.waiting': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.withdrawn': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'notice.words': [
    'what an agent did to the ticket',
    'test/stories/notices.test.ts',
    'within a day, by text message',
    "ticket('set'",
  ],
  'form.same-place': [
    'the place of the second request',
    'test/stories/bot.test.ts',
    'a second request of one message has the place of the first',
    'report_pothole 12 rue Pasteur',
  ],
  'parts.heard': [
    'both are taken, one after the other',
    'test/stories/bot.test.ts',
    'two requests in one message',
    'rows.tickets(',
  ],
  'parts.later': ['it is taken up next', 'test/stories/bot.test.ts', 'what is noted on the way is on the request', 'passons à'],
  'same.followed': [
    'the news of the other request',
    'test/stories/one-incident.test.ts',
    'a neighbour who says yes',
    "collection('followers')",
  ],
  'helper.code-sent': [
    'a text message with the codes',
    'test/stories/one-incident.test.ts',
    'whoever acts for another',
    'votre accord',
  ],
  'helper.done': ["the request's history", 'test/stories/one-incident.test.ts', 'whoever acts for another', "kind: 'helped'"],
  'helper.done-untold': [
    'no news to the helper',
    'test/stories/one-incident.test.ts',
    'whoever acts for another',
    'isTold: false',
  ],
  'helper-end.done': [
    "the request's history, and no more news to the helper",
    'test/stories/one-incident.test.ts',
    'whoever acts for another',
    "kind: 'unhelped'",
  ],
  'helper-end.done-helper': [
    'a text message to its citizen',
    'test/stories/one-incident.test.ts',
    'whoever acts for another',
    "n'agit plus pour vous",
  ],
  'notice.unhelped': [
    "the request's history",
    'test/stories/one-incident.test.ts',
    'an agreement ends from anywhere',
    "kind === 'unhelped'",
  ],
  'notice.unhelped-helper': [
    'no more news to the helper',
    'test/stories/one-incident.test.ts',
    'whoever acts for another',
    'balisé',
  ],
  'helper-end.code-sent': [
    'a text message with the code',
    'test/stories/one-incident.test.ts',
    'an agreement ends from anywhere',
    "plus personne n'agisse",
  ],
  'unread.whatsapp': ['a text message', 'test/stories/desk-files.test.ts', 'by WhatsApp the carrier fetches it', 'Passez demain'],
  'unread.text': ['a text message', 'test/stories/rights.test.ts', 'an answer that nobody fetched', 'Passez demain'],
  'own-data.code-sent': ['a text message with the code', 'test/stories/rights.test.ts', 'by chat on the web', 'own-data code'],
  'own-data.erase.done': ['rows are gone', 'test/stories/rights.test.ts', 'a phone that asks', 'rowsWith(number)'],
  'own-data.export.done': ['the file', 'test/stories/rights.test.ts', 'by chat on the web', 'content-disposition'],
  'photo.received': ["the ticket's files", 'test/stories/photo-link.test.ts', 'the confirmation ends with a link', 'files'],
  'photo.thanks': ["the ticket's files", 'test/stories/photo-link.test.ts', 'the confirmation ends with a link', 'files'],
  'reminder.held': [
    'the photos are kept, with one question',
    'test/stories/phone.test.ts',
    'photos only: kept, with one question',
    'toHaveLength(0)',
  ],
  'sorry.failed': [
    'a dead row that `npm run mail` shows',
    'test/contracts/dead-letters.test.ts',
    'it is tried again, put aside with an apology',
    "mail('list')",
  ],
  'start.done': ['a consent given in the ledger', 'test/stories/phone.test.ts', 'STOP and START in any state', "kind: 'consent'"],
  'stop.draft': [
    'no ticket',
    'test/stories/left-alone.test.ts',
    'a draft that a STOP ends is said not to be sent',
    'toHaveLength(0)',
  ],
  'stop.done': [
    'a consent withdrawn in the ledger, and silence',
    'test/stories/phone.test.ts',
    'STOP and START in any state',
    "kind: 'consent'",
  ],
  'calm.begins': [
    'a conversation that rests, its lines kept, danger heard',
    'test/stories/desk-files.test.ts',
    'words that hurt are covered by choice',
    'parkedAt',
  ],
  'calm.over': [
    'a conversation that waits for its agent again',
    'test/stories/desk-files.test.ts',
    'words that hurt are covered by choice',
    'awaitsReply: true',
  ],
  'queue.claimed': [
    'the holder',
    'test/stories/desk.test.ts',
    'a citizen asks for a person, hears the wait',
    'conversation.agent',
  ],
  'queue.closed': [
    'a ticket with this reference, still in the queue',
    'test/stories/desk-hours.test.ts',
    'who still waits when the service closes',
    'rows.tickets(',
  ],
  'queue.closed-for-long': [
    'the same',
    'test/unit/desk-turn.test.ts',
    'a service that does not open again',
    'queue.closed-for-long',
  ],
  'person.slot.noted': ['the time on the request', 'test/stories/desk-callbacks.test.ts', 'after hours', "field: 'slot'"],
  'person.slot.closed': ['the same', 'test/stories/bot.test.ts', 'out of hours a person is promised', "field: 'slot'"],
  'person.slot.nearest': ['the same', 'test/stories/bot.test.ts', 'out of hours a person is promised', "field: 'slot'"],
  'person.slot.booked': ['the place in the queue', 'test/stories/desk-callbacks.test.ts', 'after hours', 'callAt'],
  'queue.nobody': [
    'a ticket with this reference, still in the queue',
    'test/stories/desk-left.test.ts',
    'the last agent leaves',
    'rows.tickets(',
  ],
  'queue.kept': ['the same', 'test/stories/desk-left.test.ts', 'who leaves the page', 'rows.tickets('],
  'queue.gone': ['the holder', 'test/stories/desk-left.test.ts', 'who leaves the page', "holder: 'bot'"],
  'queue.given-back': ['the holder', 'test/stories/desk.test.ts', 'only the holder answers', "Aujourd'hui"],
  'queue.left': ['the holder', 'test/stories/desk.test.ts', 'leaving the queue against a claim', "holder: 'bot'"],
  'queue.lost': ['the place in the queue', 'test/stories/desk-hours.test.ts', 'an agent who is gone', 'position'],
  'queue.noted': [
    "the citizen's words in the queue",
    'test/stories/desk.test.ts',
    'a citizen asks for a person, hears the wait',
    "subject: 'mon acte",
  ],
  'queue.passed-on': ['the service', 'test/stories/desk.test.ts', 'only the holder answers', "service: { id: 'voirie' }"],
  'queue.passed-to': ['the holder', 'test/stories/desk.test.ts', 'only the holder answers', "paul.list('mine')"],
  'queue.waiting': [
    'a place in the queue',
    'test/stories/desk.test.ts',
    'a citizen asks for a person, hears the wait',
    "holder: 'queue'",
  ],
  'subscriptions.done': [
    'the subscription, and the words of consent in the ledger',
    'test/stories/listening.test.ts',
    'asked for in many words',
    "kind: 'subscription'",
  ],
  'subscriptions.in-sector': [
    "the subscription's sector",
    'test/stories/listening.test.ts',
    'asked for in many words',
    "sector: 'quais'",
  ],
  'subscriptions.ended': [
    'no subscription is left',
    'test/stories/listening.test.ts',
    'asked for in many words',
    "await subscribed('works')",
  ],
  'poll.noted': ['the answer is counted', 'test/stories/listening.test.ts', 'a question is answered once by each', 'count: 3'],
  'poll.results.one': ['the same', 'test/stories/listening.test.ts', 'a question is answered once by each', 'Résultat'],
  'poll.results.other': [
    'the counts at the desk',
    'test/stories/listening.test.ts',
    'a question is answered once by each',
    "title: 'Le vendredi'",
  ],
  'survey.thanks': ['the feedback', 'test/stories/desk.test.ts', 'a citizen asks for a person, hears the wait', 'isUseful: true'],
  'survey.sorry': ['the feedback', 'test/stories/desk-hours.test.ts', 'an answer that did not help', 'isUseful: false'],
  'survey.ask': [
    'the conversation is closed',
    'test/stories/desk.test.ts',
    'a citizen asks for a person, hears the wait',
    "claire.list('closed')",
  ],
  'received.yes': [
    'the ticket',
    'test/stories/after-sending.test.ts',
    'whether it was received is told as it is',
    "state: 'new'",
  ],
  'told.contact': [
    "the ticket's contact",
    'test/stories/after-sending.test.ts',
    'a question about being told stops no messages',
    "value: '+33612345678'",
  ],
};

/** They ask, advise, offer, or tell what stands somewhere: nothing was done. */
const CLAIM_NOTHING = `
poll.closed
poll.few
poll.how
poll.keyword
poll.result
subscriptions.ask
subscriptions.by-text
subscriptions.end-one
subscriptions.here
subscriptions.how-to-end
subscriptions.left
subscriptions.list
subscriptions.not-yours
subscriptions.unchanged
subscriptions.which
counter.name
desk.citizen
desk.visitor
desk.outcome.answered
desk.outcome.request
desk.outcome.redirected
desk.outcome.unanswered
desk.outcome.left
desk.outcome.unwanted
person.callback
person.slot.label
person.slot.ask
person.slot.soon
person.slot.none
person.slot.title
person.paused
queue.longer
quality.after-hours
quality.confirmed
quality.contacts
quality.few
quality.first-response
quality.how
quality.intro
quality.kept
quality.minutes.one
quality.minutes.other
quality.requests
quality.satisfied
quality.title
quality.unsaid
queue.first
queue.before.one
queue.before.other
queue.soon
queue.range
queue.long
queue.subject
queue.message
queue.leave
about-bot
alert.kind.chemical
alert.kind.child-abuse
alert.kind.collapse
alert.kind.domestic-violence
alert.kind.drowning
alert.kind.electric
alert.kind.fire
alert.kind.flood
alert.kind.gas
alert.kind.general
alert.kind.medical
alert.kind.missing
alert.kind.poison
alert.kind.self-harm
alert.kind.violence
alert.nowhere
alert.subject
alert.where
again.person
answer.again
answer.enough
answer.whom
answer.whom-office
answer.expired
answer.no-detail
answer.unfiled
answer.of-it
answer.not-useful
bye
copy.button
copy.ended
copy.ended-why
copy.heading
copy.what
own-data.code
own-data.code-subject
own-data.code-wrong
own-data.erase.again
own-data.erase.again.typed
own-data.erase.ask
own-data.erase.ask.typed
own-data.erase.goes
own-data.erase.goes-here
own-data.erase.open
own-data.erase.stays
own-data.export.again
own-data.export.again.typed
own-data.export.ask
own-data.export.ask.typed
own-data.here-only
own-data.left
own-data.locked
own-data.whose
unread.subject
status.link
page.heading
page.state
page.received
page.changed
page.next
page.steps
page.step.opened
page.step.reopened
page.step.merged
page.step.attached
page.step.comment
page.next.new
page.next.assigned
page.next.in-progress
page.next.waiting
page.next.resolved
page.next.closed
page.next.refused
page.next.moved
page.next.withdrawn
page.private
page.unknown
page.unknown-why
page.busy
cancel.all
cancel.ask
cancel.ask.typed
cancel.cannot
cancel.gone
cancel.how
cancel.kept
cancel.kept-all
cancel.none
cancel.nothing
cancel.sent
cancel.which
cancel.withdraw
cancel.withdraw.typed
change.also
change.ask
change.replace
choose.did-you-mean
choose.none
choose.still
choose.other
choose.request
choose.say-more
choose.which
complaint
complaint.report
feelings.weary
feelings.lonely
feelings.love
danger.again
danger.take-care
danger.minor.take-care
danger.unanswered
danger.late
danger.silent
danger.refuses
danger.shelter
danger.tonight
danger.traces
danger.which
danger.stay-out
danger.minor.unanswered
danger.minor.late
danger.minor.silent
danger.minor.refuses
danger.minor.shelter
danger.minor.traces
danger.minor.which
danger.minor.stay-out
danger.minor.place
danger.ask
danger.by-sms
danger.called
danger.called-self-harm
danger.chemical
danger.choking
danger.child-abuse
danger.collapse
danger.domestic-violence
danger.drowning
danger.electric
danger.false-alarm
danger.fire
danger.flood
danger.gas
danger.general
danger.listen
danger.medical
danger.minor.again
danger.minor.called
danger.minor.chemical
danger.minor.choking
danger.minor.child-abuse
danger.minor.collapse
danger.minor.domestic-violence
danger.minor.drowning
danger.minor.electric
danger.minor.fire
danger.minor.flood
danger.minor.gas
danger.minor.general
danger.minor.listen
danger.minor.medical
danger.minor.missing
danger.minor.more
danger.minor.over
danger.minor.poison
danger.minor.self-harm
danger.minor.stay
danger.minor.taken
danger.minor.violence
danger.missing
danger.more.chemical
danger.more.child-abuse
danger.more.collapse
danger.more.domestic-violence
danger.more.drowning
danger.more.electric
danger.more.fire
danger.more.flood
danger.more.gas
danger.more.general
danger.more.medical
danger.more.missing
danger.more.poison
danger.more.self-harm
danger.more.violence
danger.number
danger.number-sms
danger.over
danger.place
danger.poison
danger.self-harm
danger.stay
danger.taken
danger.unsure
danger.unsure-hurt
danger.unsure-self-harm
danger.unsure-short
danger.until-then
danger.violence
elsewhere.phone
elsewhere.unknown
elsewhere.web
elsewhere.whose
excuse
foreign.assistant
foreign.kept-back
foreign.only
foreign.pass-on
foreign.pass-on-short
form.again.choice
form.again.contact
form.again.contact.typed
form.again.date
form.again.file
form.again.file.typed
form.again.number
form.again.place
form.again.here
form.again.home
form.again.somewhere
form.again.text
form.again.yes-no
form.asked.free
form.asked.next
form.asked.when
form.asked.who
form.back-to
form.cancel
form.confirm
form.contact-needed
form.confirm.typed
form.delay-unknown
form.delay.one
form.delay.other
form.dont-know
form.edit
form.field.choice
form.field.contact
form.field.date
form.field.door
form.field.file
form.field.number
form.field.place
form.field.text
form.field.yes-no
form.follow
form.follow-link
form.follow.typed
form.line
form.no-answer
form.number
form.no-number
form.as-said
form.optional
form.other-choice
form.out-of-range
form.outside
form.pass-on
form.photo-link
form.place-found
form.said
form.send
form.send-file
photo.how
photo.how.typed
form.send-file.typed
form.send-now
form.skip
form.stuck
form.stuck-place
form.subject
form.summary
form.urgent
form.which
form.which-contact
form.no-crossing
form.which-place
form.why.contact
form.why.file
form.why.optional
form.why.other
form.why.place
form.your-position
formal.accepted
formal.no-email
formal.refused
formal.subject
greet
help.ask
help.text
helper-end.again
helper-end.ask
helper-end.ask-helper
helper-end.code
helper-end.code-wrong
helper-end.kept
helper-end.which
helper-end.which-reference
helper.code
helper.code-subject
helper.code-wrong
helper.contact
helper.name
helper.offer
helper.which
format.agreement
format.first-day
format.hour.long
format.hour.short
format.intl
format.midnight
format.span.long
format.span.short
format.time.long
format.time.short
format.when.day
format.when.today
format.when.tomorrow
hours.asked
hours.closed
hours.closed.morning
hours.closed.afternoon
hours.closed.evening
hours.closed.night
hours.closed.time
hours.holiday
hours.holiday-untold
hours.left-out
hours.line
hours.week
hours.which-day
hours.open
forward.answer
forward.contact
forward.files.one
forward.files.other
forward.intro
forward.nameless
forward.photos.one
forward.photos.other
forward.place
forward.position
forward.reply
forward.subject
forward.subject-line
forward.words
hours.opens
hours.today
intro
join.again
join.ask
join.ask.typed
join.closed
join.denied
join.nothing
join.other
join.photo
join.photo.typed
join.what
join.what-to
join.where
join.which
language.changed
language.which
media.again
media.damaged
media.heic
media.not-here
media.refused
media.too-large
media.too-many-pixels
media.what
no
not-understood
notice.helped
notice.not-forwarded
notice.partner-words
notice.recalled
notice.stop
notice.stop-email
notice.subject
parts.next
person.ask
person.carried
person.closed
person.contact.ask
person.contact.label
person.no-contact
person.offer
person.open
person.opens
person.subject.ask
person.subject.label
person.sure
person.title
photo.another
photo.busy
photo.choose
photo.closed
photo.ended
photo.ended-why
photo.error
photo.full
photo.heading
photo.help
photo.instead
photo.none
photo.reference
photo.send
photo.unknown
photo.unknown-why
privacy
privacy.also
refused
refused.held
received.not-yet
received.nothing
reminder.form
report.what
person.left
person.or-phone
person.sure-contact
status.stuck
told.first
told.here
told.later
told.none
same.ask
same.ask-here
same.known
same.next
same.tell-me
service.reach
small-talk
status.comment
status.due
status.is
status.late
status.locked
status.lost
status.lost-none
status.lost-person
status.lost-sent
status.no-delay
status.not-a-reference
status.only-proof
status.proof
status.state.assigned
status.state.closed
status.state.in-progress
status.state.moved
status.state.new
status.state.refused
status.state.resolved
status.state.waiting
status.state.withdrawn
status.which
status.which-reference
status.which-or-new
status.new-report
status.wrong-proof
stop.ask
stop.done-here
stop.kept
thanks
welcome
welcome.question
welcome.report
welcome.status
yes
`
  .trim()
  .split('\n');

function sentences(language: string): string[] {
  const read = parse(readFileSync(join(ROOT, 'locales', language, 'sentences.yml'), 'utf8')) as Record<string, string>;
  return Object.keys(read).filter((id) => !id.startsWith('words.'));
}

test.each(['fr', 'en'])('every sentence in %s is known to claim nothing, or has an effect', (language) => {
  const unknown = sentences(language).filter((id) => !(id in CLAIMS) && !CLAIM_NOTHING.includes(id));
  // Does it say that something was done? Then put it into CLAIMS with the test that looks for it; else into CLAIM_NOTHING.
  expect(unknown).toEqual([]);
});

test('no sentence is listed that nobody says any more, and none twice', () => {
  const known = sentences('fr');
  const listed = [...Object.keys(CLAIMS), ...CLAIM_NOTHING];
  expect(listed.filter((id) => !known.includes(id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test.each(Object.entries(CLAIMS))('%s: a test looks for its effect', (_id, [effect, file, name, looks]) => {
  expect(effect).not.toBe('');
  const source = readFileSync(join(ROOT, file), 'utf8');
  const start = source.indexOf(`('${name}`);
  expect(start).toBeGreaterThan(0);
  const next = /\n {0,2}test[.(]/.exec(source.slice(start));
  expect(source.slice(start, next ? start + next.index : undefined)).toContain(looks);
});

test('every list of words that is asked for by its name is one of every language', () => {
  const code = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
    .join('\n');
  const asked = [...new Set([...code.matchAll(/\.means\('([a-z-]+)'\)/g)].map(([, list]) => `words.${list}`))];
  expect(asked.length).toBeGreaterThan(60);
  for (const language of ['fr', 'en', 'es']) expect(asked.filter((id) => !allOf(language).has(id))).toEqual([]);
});

function allOf(language: string): Set<string> {
  return new Set(Object.keys(parse(readFileSync(join(ROOT, 'locales', language, 'sentences.yml'), 'utf8'))));
}
