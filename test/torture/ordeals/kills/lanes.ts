/** So many trials go on at the same time. */
const lanes = 2;

/**
 * Does trials, numbered from 0, two at a time, until one of them returns false or throws; those under way are finished.
 *
 * @throws the first failure
 */
export async function inLanes(attempt: (number: number) => Promise<boolean>): Promise<void> {
  let [next, isGoingOn] = [0, true];
  const lane = async () => {
    try {
      while (isGoingOn) if (!(await attempt(next++))) isGoingOn = false;
    } catch (error) {
      isGoingOn = false;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
