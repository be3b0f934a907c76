namespace Qcw.Tests.Support;

/// <summary>A log of the build that keeps what a person would have read.</summary>
/// <param name="interactive">True: as on a terminal, with live texts.</param>
public sealed class RecordingLog(bool interactive = false) : IDisposable
{
    private readonly StringWriter output = new();
    private BuildLog? log;

    /// <summary>What the code under test is given.</summary>
    public BuildLog Log => log ??= new BuildLog(output, interactive);

    /// <summary>A log that nobody reads.</summary>
    public static BuildLog Nowhere { get; } = new(TextWriter.Null, interactive: false);

    /// <summary>Everything that was written since the last <see cref="Take"/>.</summary>
    public string Text => output.ToString();

    /// <summary>Returns <see cref="Text"/> and forgets it.</summary>
    public string Take()
    {
        string text = Text;
        output.GetStringBuilder().Clear();
        return text;
    }

    public override string ToString() => Text;

    public void Dispose() => output.Dispose();
}
