/** Passwords that are tried at several processes are counted as one, on each store. */
import { createAttempts } from '../../src/desk/people/attempts';
import { createStore } from '../../src/store/store';
import { describeBacks } from '../support/scratch';

describeBacks('attempts to sign in', (_back, scratch) => {
  test('five in all, whichever process they go to; the right password forgets them; an hour later they count anew', async () => {
    let now = Date.parse('2026-11-26T09:15:00Z');
    const clock = () => new Date(now);
    const store = createStore(await scratch().open());
    await store.prepare();
    const [one, other] = [createAttempts(store.attempts, clock), createAttempts(store.attempts, clock)];
    const counted = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? one : other).count('nadia@bellerive.example', '198.51.100.7')),
    );
    expect(counted.filter((wait) => wait === null)).toHaveLength(5);
    expect(counted.filter((wait) => wait === 900)).toHaveLength(3);
    // From elsewhere she still comes in, which frees nobody's tries but her own there.
    expect(await one.count('nadia@bellerive.example', '198.51.100.8')).toBeNull();
    await one.forget('nadia@bellerive.example', '198.51.100.8');
    expect(await other.count('nadia@bellerive.example', '198.51.100.7')).toBe(900);
    now += 3_600_000;
    expect(await other.count('nadia@bellerive.example', '198.51.100.7')).toBeNull();
    // A clock that is set back keeps nobody out for longer.
    now -= 24 * 3_600_000;
    expect(await other.count('nadia@bellerive.example', '198.51.100.7')).toBeNull();
  });
});
