/**
 * Why a carrier did not take a dial. The fault carries its own verdict, so nobody outside this room reads a
 * carrier's error codes.
 *
 * - `retryable`     refused before ringing for a passing cause (congestion, rate limit): try again later
 * - `permanent`     this number will never work (invalid, not in service)
 * - `barred`        the trunk may not call this destination (a country that its account is not allowed): nothing left, it costs
 *                   the lead nothing, and the trunk goes on with others
 * - `blocked`       the trunk may not dial at all (credentials, balance), or its carrier is out of reach: nothing left, it costs
 *                   the lead nothing, and the trunk is left alone for a while
 * - `indeterminate` the command may have left: nobody may dial again before the carrier was asked
 */
export type FaultVerdict = 'retryable' | 'permanent' | 'barred' | 'blocked' | 'indeterminate'

export interface CarrierFault {
  verdict: FaultVerdict
  /** For people and logs; holds no phone number and no secret. */
  reason: string
}
