/** Twilio's own SDK as the yardsticks of the phone use it: at the carrier of the bench, over connections that are kept. */
import http from 'node:http';
import { RequestClient, Twilio } from 'twilio';

const { TWILIO_ACCOUNT_SID = '', TWILIO_AUTH_TOKEN = '', TWILIO_API_URL = '' } = process.env;

class ToCarrier extends RequestClient {
  override request: RequestClient['request'] = (options) => {
    const { pathname, search } = new URL(options.uri);
    return super.request({ ...options, uri: TWILIO_API_URL + pathname + search });
  };
}

export const AUTH_TOKEN = TWILIO_AUTH_TOKEN;

export function openTwilio(): Twilio {
  const httpClient = new ToCarrier({ keepAlive: true, maxSockets: 60 });
  // The SDK keeps connections alive for https only.
  httpClient.axios.defaults.httpAgent = new http.Agent({ keepAlive: true, maxSockets: 60 });
  return new Twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, { httpClient });
}
