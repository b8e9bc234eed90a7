/**
 * How the carrier calls a town's service: signed over the public address, with the retries a
 * number is recommended to be set to (`#rc=3&rp=ct,rt,5xx`, protocols.md 1.3), and a new
 * idempotency token on each try.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

export interface WebhookSettings {
  authToken: string;
  retries: number;
  /** Read timeout. */
  timeoutMs: number;
}

export interface WebhookAnswer {
  /** 0 when there was no answer. */
  status: number;
  body: string;
}

export interface Webhooks {
  /** Public origins that are really reached elsewhere: `https://mairie.example` on `http://127.0.0.1:3978`. */
  reach(publicUrl: string, at: string): void;
  post(url: string, form: Record<string, string>): Promise<WebhookAnswer>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  close(): void;
}

export function createWebhooks({ authToken, retries, timeoutMs }: WebhookSettings): Webhooks {
  const places = new Map<string, string>();
  const agents = { http: new http.Agent({ keepAlive: true, maxSockets: 100 }), https: new https.Agent({ keepAlive: true }) };
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  function once(url: URL, headers: Record<string, string | number>, body: string): Promise<WebhookAnswer> {
    return new Promise((resolve) => {
      const isTls = url.protocol === 'https:';
      const options = { method: 'POST', headers, agent: isTls ? agents.https : agents.http, timeout: timeoutMs };
      const request = (isTls ? https : http).request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
        response.on('error', () => resolve({ status: 0, body: '' }));
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve({ status: 0, body: '' }));
      request.end(body);
    });
  }

  async function post(configured: string, form: Record<string, string>): Promise<WebhookAnswer> {
    // Overrides of the connection stand behind the sharp, and are neither sent nor signed.
    const [signed = ''] = configured.split('#');
    const url = new URL(signed);
    const at = places.get(url.origin);
    const reached = at ? new URL(url.pathname + url.search, at) : url;
    const body = new URLSearchParams(form).toString();
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'TwilioProxy/1.1',
      'X-Twilio-Signature': getExpectedTwilioSignature(authToken, signed, form),
    };
    let answer: WebhookAnswer = { status: 0, body: '' };
    for (let attempt = 0; attempt <= retries && !isClosed; attempt += 1) {
      if (attempt > 0) await pause(2 ** attempt * 25);
      answer = await once(reached, { ...headers, 'I-Twilio-Idempotency-Token': randomUUID() }, body);
      if (answer.status > 0 && answer.status < 500) break;
    }
    return answer;
  }

  return {
    reach: (publicUrl, at) => void places.set(new URL(publicUrl).origin, at),
    post(url, form) {
      const posting = post(url, form).finally(() => underWay.delete(posting));
      underWay.add(posting);
      return posting;
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    close() {
      isClosed = true;
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
