using System.Security.Cryptography;
using System.Text.Json;

namespace Qcw.Build.Packaging;

/// <summary>
/// What is known about one file of the release: <c>artifacts/facts/&lt;file&gt;.json</c>. It is written where the file is made and travels
/// with it, so that release notes, bills of material and checks can be made where nothing was compiled.
/// </summary>
/// <param name="File">Its name in the release folder.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hex digits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Component">The component it was made from; null: it is qcw's own.</param>
/// <param name="Version">That component's version, or null.</param>
/// <param name="Fingerprint">Everything that determined it, 64 lower-case hex digits.</param>
/// <param name="By">How it was made.</param>
/// <param name="Contents">Every file that it installs or unpacks, sorted by path; an unpacker has found the same.</param>
/// <param name="Sha512">Of its bytes, 128 lower-case hex digits.</param>
/// <param name="Details">What else is known where it is made.</param>
public sealed record ArtifactRecord(
    string File,
    string Sha256,
    long Size,
    string? Component,
    string? Version,
    string Fingerprint,
    Provenance By,
    IReadOnlyList<PackedFile> Contents,
    string Sha512,
    ArtifactDetails Details)
{
    /// <summary>What an Authenticode signature signs of a program, the same before and after signing; null: it is none.</summary>
    public string? AuthenticodeSha256 { get; init; }

    /// <summary>Writes the record.</summary>
    public void Write(string path) => Files.Write(path, JsonText.Of(this));

    /// <summary>Reads a record that has to be there.</summary>
    /// <exception cref="BuildException">It is missing or damaged.</exception>
    public static ArtifactRecord Read(string path)
    {
        const string remedy = "copy it together with the file that it describes, or make both again (without --exclusive)";
        if (!System.IO.File.Exists(path))
        {
            throw new BuildException($"{path} is missing, and the release notes need it: {remedy}");
        }

        try
        {
            return Parse(System.IO.File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new BuildException($"{path} cannot be read ({e.Message}): {remedy}", e);
        }
    }

    /// <summary>The record at a path, or null where there is none, or one that cannot be read.</summary>
    public static ArtifactRecord? Find(string path)
    {
        try
        {
            return System.IO.File.Exists(path) ? Parse(System.IO.File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ArtifactRecord Parse(string text) =>
        JsonSerializer.Deserialize<ArtifactRecord>(text, JsonText.Settings)
                is { File: not null, Sha256: not null, Fingerprint: not null, By: not null, Contents: not null, Sha512: not null } record
            && record.Details is { Parts: not null, Patches: not null, Copyrights: not null }
            ? record
            : throw new JsonException("it lacks file, sha256, fingerprint, by, contents, sha512 or details");
}

/// <summary>A file inside an installer or archive.</summary>
/// <param name="Path">Where it is installed, relative to the folder of the installation, with slashes.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hex digits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="From">
/// The component or library it came from; <c>qcw</c> for a file of this repository, <c>nsis</c> for what NSIS adds to a setup program.
/// </param>
public sealed record PackedFile(string Path, string Sha256, long Size, string From)
{
    /// <summary>The owner of what no step made: files of this repository.</summary>
    public const string Own = "qcw";

    /// <summary>Looks at every file that is packed.</summary>
    /// <param name="files">What is packed.</param>
    /// <param name="owners">Folders that steps made, and the component each was made for.</param>
    /// <param name="bytes">What is installed for a file.</param>
    public static IReadOnlyList<PackedFile> Of(
        IEnumerable<InstalledFile> files, IReadOnlyList<(string Folder, string Owner)> owners, Func<InstalledFile, byte[]> bytes) =>
        [.. files.OrderBy(file => file.Target, StringComparer.Ordinal).Select(file => Of(file, OwnerOf(file, owners), bytes(file)))];

    /// <summary>The component or library that a file came from, or <see cref="Own"/>.</summary>
    public static string OwnerOf(InstalledFile file, IReadOnlyList<(string Folder, string Owner)> owners) =>
        owners.FirstOrDefault(owner => IsBelow(file.Source, owner.Folder)).Owner ?? Own;

    private static PackedFile Of(InstalledFile file, string owner, byte[] bytes) =>
        new(file.Target, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, owner);

    private static bool IsBelow(string file, string folder) =>
        file.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
