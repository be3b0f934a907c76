using System.Text.Json;

namespace Qcw.Build.Catalog.Reading;

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

/// <summary>Where a value is: <c>build/Catalog/Versions/debian13.json: components.qemu.source.sha256</c>.</summary>
/// <param name="File">Relative to the repository, with forward slashes.</param>
/// <param name="Path">Names joined by dots, indexes in brackets; empty for the whole file.</param>
internal readonly record struct Place(string File, string Path)
{
    /// <summary>A field of the object at this place.</summary>
    public Place Field(string name)
    {
        // a name with a dot or a blank in it would make the path ambiguous
        bool plain = name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '$');
        string step = plain ? name : $"[{JsonSerializer.Serialize(name)}]";
        return this with { Path = plain && Path.Length > 0 ? $"{Path}.{step}" : Path + step };
    }

    /// <summary>An element of the array at this place, counted from 0.</summary>
    public Place Item(int index) => this with { Path = $"{Path}[{index}]" };

    public override string ToString() => Path.Length == 0 ? File : $"{File}: {Path}";
}
