/** c = (η‖Pu‖)²: what one appearance adds to s, times s, when the gain is constant. */
export function baseGain({ learningRate, tangentSignal }: { learningRate: number; tangentSignal: number }): number {
  return (learningRate * tangentSignal) ** 2;
}
