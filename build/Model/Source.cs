namespace Qcw.Build.Model;

/// <summary>Where a component's source comes from. Each kind carries its pin.</summary>
/// <param name="Origin">Who recorded the pin: <c>C</c> checked in the source itself, <c>2</c> two independent recorders, <c>1</c> one recorder.</param>
public abstract record Source(string? Origin)
{
    /// <summary>The text that identifies the bytes: part of the fetch step's fingerprint.</summary>
    public abstract string Pin { get; }

    /// <summary>For people: where the bytes are looked for upstream.</summary>
    public abstract string Location { get; }
}
