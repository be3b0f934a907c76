namespace Qcw.Build.Lines;

/// <summary>Everything that is wrong with a line's files, collected so that one run reports it all.</summary>
internal sealed class Problems
{
    private readonly List<string> messages = [];

    /// <summary>True where something was reported.</summary>
    public bool Any => messages.Count > 0;

    /// <summary>Reports a sentence about a place.</summary>
    public void Add(Place place, string message) => messages.Add($"{place}: {message}");

    /// <summary>Refuses the line.</summary>
    /// <exception cref="UsageException">Something was reported; the message has one problem a line.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new UsageException(string.Join('\n', messages));
        }
    }
}
