namespace Qcw.Build.Core;

/// <summary>
/// The request to end that reaches work when other work beside it has failed. It belongs to the flow of the code and not to the process:
/// what a piece of work calls and awaits sees the request of that piece, and nobody has to hand a token through.
/// </summary>
public static class Stopping
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>The request that reaches this code; one that never comes where nothing runs beside it.</summary>
    public static CancellationToken Token => Current.Value;

    /// <summary>Ends here where the work is to end.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    public static void ThrowIfAsked() => Token.ThrowIfCancellationRequested();

    /// <summary>Code up to the end of the result, and all that it starts, hears of this request.</summary>
    public static IDisposable Heed(CancellationToken token)
    {
        var scope = new Scope(Current.Value);
        Current.Value = token;
        return scope;
    }

    /// <summary>Cleaning up, which has to be done above all when the work is ended: the request does not reach it.</summary>
    public static void CleanUp(Action work)
    {
        using (Heed(CancellationToken.None))
        {
            work();
        }
    }

    private sealed class Scope(CancellationToken before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
