using System.Security.Cryptography;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>Records of the catalog for tests that care about one or two of their fields.</summary>
public static class Sample
{
    /// <summary>30 April 2023, the time of the line <c>2023.04</c>.</summary>
    public const long Epoch = 1_682_812_800;

    /// <summary>A component or library.</summary>
    /// <param name="name">As in a versions file.</param>
    /// <param name="version">Upstream's version text.</param>
    /// <param name="source">Default: a recipe alone, so there is nothing to fetch.</param>
    /// <param name="patches">Applied in this order.</param>
    /// <param name="needs">Names of libraries.</param>
    public static Component Component(
        string name,
        string version = "1.0",
        Source? source = null,
        IReadOnlyList<SourcePatch>? patches = null,
        IReadOnlyList<string>? needs = null) =>
        new(name, version, source ?? new RecipeSource(), patches ?? [], needs ?? [], []);

    /// <summary>A line that is called <c>test</c>.</summary>
    public static ReleaseLine Line(
        IReadOnlyList<Component>? components = null, IReadOnlyList<Component>? libraries = null, long epoch = Epoch) =>
        new("test", "A line for tests.", epoch, components ?? [], libraries ?? [], []);

    /// <summary>An archive pinned by its hash alone.</summary>
    public static ArchiveSource Archive(byte[] pinned, params Uri[] urls) => new(urls, Sha256(pinned), null);

    /// <summary>The sha256 of some bytes as pins have it: 64 lower-case hex digits.</summary>
    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <inheritdoc cref="Sha256(byte[])"/>
    public static string Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes that do not compress and are the same each time.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
