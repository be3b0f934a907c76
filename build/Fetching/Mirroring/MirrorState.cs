namespace Qcw.Build.Fetching.Mirroring;

/// <summary>What became of one thing in a mirror.</summary>
/// <param name="Changed">True where something was written.</param>
/// <param name="Text">For people.</param>
internal sealed record MirrorState(bool Changed, string Text)
{
    /// <summary>It was there and right.</summary>
    public static readonly MirrorState UpToDate = new(false, "up to date");

    /// <summary>It was not.</summary>
    public static MirrorState Written(string text) => new(true, text);
}
