/** Botkit with its own adapter for Twilio, as its documentation shows it: an echo. */
const { Botkit } = require('botkit');
const { TwilioAdapter } = require('botbuilder-adapter-twilio-sms');

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_URL } = process.env;
const PATH = '/hooks/twilio/message';
const adapter = new TwilioAdapter({
  twilio_number: '+33639981000',
  account_sid: TWILIO_ACCOUNT_SID,
  auth_token: TWILIO_AUTH_TOKEN,
});
adapter.api.api.baseUrl = TWILIO_API_URL;
// Its server listens where PORT says.
const controller = new Botkit({ adapter, webhook_uri: PATH, disable_console: true });
controller.on('message', async (bot, message) => {
  await bot.reply(message, `You said: ${message.text}`);
});
controller.ready(() => {
  const tell = () => {
    const address = controller.http.address();
    if (!address) return setTimeout(tell, 20);
    const url = `http://127.0.0.1:${address.port}`;
    adapter.options.validation_url = url + PATH;
    process.stdout.write(`open ${url}\n`);
  };
  tell();
});
