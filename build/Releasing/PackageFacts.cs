using System.Text.Json;
using System.Text.Json.Serialization;
using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Releasing;

/// <summary>
/// What the release notes say of one file and nobody can see in it: <c>artifacts/facts/&lt;file&gt;.json</c>. It is written where the file is
/// made and travels with it, so that notes can be written where nothing was compiled.
/// </summary>
/// <param name="Tools">The tools it was made with: name to what they say of their version.</param>
/// <param name="Firmware">The firmware packages that went in: name to version.</param>
/// <param name="Libraries">Names of the line's libraries that it was compiled against.</param>
/// <param name="Msys2Packages">Name and version of each package of MSYS2 that it was compiled with; empty: MSYS2 was not used.</param>
[method: JsonConstructor]
public sealed record PackageFacts(
    SortedDictionary<string, string> Tools, SortedDictionary<string, string> Firmware, SortedSet<string> Libraries, SortedSet<string> Msys2Packages)
{
    private const string ToolPrefix = "tool ";

    /// <summary>Nothing to say yet.</summary>
    public PackageFacts()
        : this(
            new SortedDictionary<string, string>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal),
            new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal))
    {
    }

    /// <summary>Adds what an earlier step recorded with its output: the tools and packages of recipes, and the inputs that are named here.</summary>
    /// <exception cref="BuildException">It has not run.</exception>
    public PackageFacts AddToolsOf(string output, string taskToRun, params IReadOnlyList<string> inputs)
    {
        Stamp.HashOf(output, taskToRun);
        foreach ((string name, string version) in Stamp.Read(output)!.Inputs)
        {
            if (name.StartsWith(ToolPrefix, StringComparison.Ordinal))
            {
                AddTool(name[ToolPrefix.Length..], version);
            }
            else if (name == Compiler.PackagesInput)
            {
                Msys2Packages.UnionWith(version.Split('\n'));
            }
            else if (inputs.Contains(name))
            {
                AddTool(name, version);
            }
        }

        return this;
    }

    /// <summary>Adds a tool; one that is known already stays as it is.</summary>
    public PackageFacts AddTool(string name, string version)
    {
        Tools.TryAdd(name, version);
        return this;
    }

    /// <summary>Adds a library of the line.</summary>
    public PackageFacts AddLibrary(string name)
    {
        Libraries.Add(name);
        return this;
    }

    /// <summary>Adds a firmware package.</summary>
    public PackageFacts AddFirmware(string name, string version)
    {
        Firmware.Add(name, version);
        return this;
    }

    /// <summary>Writes the facts of a file.</summary>
    public void Write(string path) => Files.Write(path, JsonText.Of(this));

    /// <summary>Reads them.</summary>
    /// <exception cref="BuildException">They are not there, or are none.</exception>
    public static PackageFacts Read(string path)
    {
        const string remedy = "collect it together with the file that it is about, or make both again (without --exclusive)";
        if (!File.Exists(path))
        {
            throw new BuildException($"{path} is missing, and the release notes need it: {remedy}");
        }

        try
        {
            PackageFacts? facts = JsonSerializer.Deserialize<PackageFacts>(File.ReadAllText(path), JsonText.Settings);
            return facts is { Tools: not null, Firmware: not null, Libraries: not null, Msys2Packages: not null }
                ? facts
                : throw new JsonException("it lacks tools, firmware, libraries or msys2Packages");
        }
        catch (JsonException e)
        {
            throw new BuildException($"{path} cannot be read ({e.Message}): {remedy}", e);
        }
    }
}
