/**
 * The fake carrier in a process of its own, without delays, faults or retries, so that it is not
 * what is measured. It says to its parent which phone got a reply, the moment the reply was accepted.
 */
import { openCarrier } from '../../../src/demo/carrier';
import { type FromCarrier, SENDER, type ToCarrier } from '../carrier-link';

const NEVER = 2 ** 31 - 1;
const tell = (message: FromCarrier) => process.send?.(message);

async function main(): Promise<void> {
  const carrier = await openCarrier({ numbers: [SENDER], webhookRetries: 0 });

  async function listen(address: string): Promise<void> {
    const phone = carrier.phone(address, SENDER);
    for (;;) {
      await phone.next(undefined, NEVER);
      tell({ kind: 'accepted', to: address });
    }
  }

  process.on('message', ({ service, receipts, phones }: ToCarrier) => {
    carrier.connect(service);
    // Either way a message is on the phone as soon as the API has accepted it, within a millisecond.
    carrier.setReceipts({ delayMs: 0, order: receipts ? 'reversed' : 'lost' });
    for (const phone of phones) void listen(phone);
    tell({ kind: 'connected' });
  });
  process.on('disconnect', () => process.exit(0));
  tell({ kind: 'open', url: carrier.url, accountSid: carrier.accountSid, authToken: carrier.authToken });
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
