using System.Security.Cryptography;

namespace Qcw.Build.Fetching.Http;

/// <summary>Decides after each failure of one download whether to try again, and when.</summary>
internal sealed class Backoff(HttpSettings settings)
{
    private int failures;

    /// <summary>The delay before the next attempt, or null: give up.</summary>
    public TimeSpan? Next(TransferException e, bool progressed)
    {
        failures = progressed ? 1 : failures + 1;
        int attempts = e.Failure == TransferFailure.Unreachable ? settings.AttemptsUnreachable : settings.Attempts;
        if (e.Failure is TransferFailure.Final or TransferFailure.Absent or TransferFailure.Untrusted
            || failures >= attempts || e.RetryAfter > settings.LongestDelay)
        {
            return null;
        }

        return e.Failure switch
        {
            TransferFailure.Restart => TimeSpan.Zero,
            TransferFailure.Unreachable => settings.FirstDelay / 2,
            _ => e.RetryAfter
                ?? Jittered(Math.Min(settings.FirstDelay.TotalSeconds * Math.Pow(2, failures - 1), settings.LongestDelay.TotalSeconds)),
        };
    }

    // between half and one and a half of it, so that many clients that failed together do not come back together
    private static TimeSpan Jittered(double seconds) =>
        TimeSpan.FromSeconds(seconds * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 1000.0)));
}
