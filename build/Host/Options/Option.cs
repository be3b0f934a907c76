namespace Qcw.Build.Host;

/// <summary>One option of the command line.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Value">What the value is called in the help; null for a switch.</param>
/// <param name="Meaning">One sentence for the help.</param>
/// <param name="Default">For the help; null where there is none to tell.</param>
/// <param name="Letter">One-letter form, or null.</param>
/// <param name="ForCake">True: handed on to Cake, which acts on it.</param>
/// <param name="Allowed">The values it takes; null: any.</param>
public sealed record Option(
    string Name,
    string? Value,
    string Meaning,
    string? Default = null,
    char? Letter = null,
    bool ForCake = false,
    IReadOnlyList<string>? Allowed = null);
