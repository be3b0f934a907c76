using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Qcw.Build.Advising;

/// <summary>What a look at advisories is about: entries about anything else are counted, and not kept.</summary>
/// <param name="GoModules">Paths of Go modules; Go's own library is <c>stdlib</c>.</param>
/// <param name="DebianPackages">Source packages of Debian's.</param>
/// <param name="Repositories">Addresses, by <see cref="RepositoryName"/>.</param>
public sealed record Wanted(IReadOnlySet<string> GoModules, IReadOnlySet<string> DebianPackages, IReadOnlySet<string> Repositories)
{
    /// <summary>What two addresses of one repository have in common: <c>github.com/tukaani-project/xz</c>.</summary>
    public static string RepositoryName(string address)
    {
        string text = address.ToLowerInvariant();
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        text = (scheme < 0 ? text : text[(scheme + 3)..]).TrimEnd('/');
        return text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
    }

    /// <summary>True for an entry that may be about something here.</summary>
    public bool Has(AffectedPackage affected) =>
        (affected.IsGo && GoModules.Contains(affected.Name)) || (affected.IsDebian && DebianPackages.Contains(affected.Name))
        || affected.Repositories.Any(address => Repositories.Contains(RepositoryName(address)));
}

/// <summary>A database of vulnerabilities that was read: a zip, a folder or a file.</summary>
/// <param name="File">Its name in the folder of databases.</param>
/// <param name="Kind">For people: what it is.</param>
/// <param name="Ecosystems">OSV's words for what it is about, without a release: <c>Go</c>, <c>Debian</c>; sorted.</param>
/// <param name="Entries">How many entries it has, about anything.</param>
/// <param name="Date">Of the database, or of its newest entry; null: nothing in it says.</param>
/// <param name="Vulnerabilities">Those about what is wanted, sorted by name; none that was withdrawn.</param>
public sealed record AdvisoryDatabase(
    string File, string Kind, IReadOnlyList<string> Ecosystems, int Entries, DateTimeOffset? Date,
    IReadOnlyList<Vulnerability> Vulnerabilities)
{
    /// <summary>The ecosystem of a database that names repositories.</summary>
    public const string Git = "GIT";

    private const string ModulesIndex = "index/modules.json";
    private const string DatabaseIndex = "index/db.json";
    private const int MostEntryBytes = 256 * 1024 * 1024;

    /// <summary>For people: <c>Go, 4291 entries, of 2026-08-21</c>.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind}, {Entries} entries, {(Date is { } date ? $"of {date.UtcDateTime:yyyy-MM-dd}" : "which say no date")}");

    /// <summary>Reads what a folder has of databases: zips, JSON files, and folders of these. Other files are not looked at.</summary>
    /// <param name="folder">A full path: the folder, or one file.</param>
    /// <param name="wanted">What is looked for.</param>
    /// <exception cref="BuildException">A zip or JSON file is damaged, or is no database; it is named.</exception>
    public static IReadOnlyList<AdvisoryDatabase> ReadAll(string folder, Wanted wanted)
    {
        if (System.IO.File.Exists(folder))
        {
            return [ReadFile(folder, Path.GetFileName(folder), wanted)];
        }

        var found = new List<AdvisoryDatabase>();
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out string? current))
        {
            string name = current == folder ? Path.GetFileName(folder) : Path.GetRelativePath(folder, current).Replace('\\', '/');
            if (System.IO.File.Exists(Path.Combine(current, ModulesIndex)))
            {
                found.Add(ReadGoIndex(name, member => Optional(Path.Combine(current, member)), wanted));
                continue;
            }

            string[] files = [.. Directory.EnumerateFiles(current, "*.json").Order(StringComparer.Ordinal)];
            // a large file is a database by itself; small ones beside each other are one
            if (files.Length > 0)
            {
                found.Add(ReadEntries(name, files.Select(file => (Path.GetFileName(file), System.IO.File.ReadAllBytes(file))), wanted));
            }

            foreach (string zip in Directory.EnumerateFiles(current, "*.zip").Order(StringComparer.Ordinal))
            {
                found.Add(ReadFile(zip, Path.GetRelativePath(folder, zip).Replace('\\', '/'), wanted));
            }

            foreach (string below in Directory.EnumerateDirectories(current).OrderDescending(StringComparer.Ordinal))
            {
                pending.Push(below);
            }
        }

        return found;
    }

    private static byte[]? Optional(string path) => System.IO.File.Exists(path) ? System.IO.File.ReadAllBytes(path) : null;

    private static AdvisoryDatabase ReadFile(string path, string name, Wanted wanted)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return ReadEntries(name, [(name, System.IO.File.ReadAllBytes(path))], wanted);
        }

        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            Dictionary<string, ZipArchiveEntry> members = new(StringComparer.Ordinal);
            foreach (ZipArchiveEntry member in zip.Entries)
            {
                members[member.FullName] = member;
            }

            return members.ContainsKey(ModulesIndex)
                ? ReadGoIndex(name, member => members.TryGetValue(member, out ZipArchiveEntry? entry) ? Bytes(name, entry) : null, wanted)
                : ReadEntries(
                    name,
                    zip.Entries.Where(member => member.FullName.EndsWith(".json", StringComparison.Ordinal))
                        .Select(member => (member.FullName, Bytes(name, member))),
                    wanted);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw new BuildException($"{name} is damaged or incomplete ({e.Message}): download it again", e);
        }
    }

    private static byte[] Bytes(string zip, ZipArchiveEntry member)
    {
        if (member.Length > MostEntryBytes)
        {
            throw new BuildException($"{zip}: {member.FullName} would have {member.Length} bytes, which no entry of a database has");
        }

        using Stream stream = member.Open();
        using var bytes = new MemoryStream((int)member.Length);
        stream.CopyTo(bytes);
        return bytes.Length == member.Length
            ? bytes.ToArray()
            : throw new BuildException($"{zip}: {member.FullName} is damaged or incomplete: download it again");
    }

    /// <summary>Go's database: its index tells which entries are about a module, so that few are read.</summary>
    private static AdvisoryDatabase ReadGoIndex(string name, Func<string, byte[]?> member, Wanted wanted)
    {
        HashSet<string> ids = [];
        HashSet<string> all = [];
        Parse($"{name}: {ModulesIndex}", member(ModulesIndex)!, root =>
        {
            foreach (JsonElement module in root.EnumerateArray())
            {
                bool isWanted = wanted.GoModules.Contains(module.GetProperty("path").GetString()!);
                foreach (JsonElement entry in module.GetProperty("vulns").EnumerateArray())
                {
                    string id = entry.GetProperty("id").GetString()!;
                    all.Add(id);
                    if (isWanted)
                    {
                        ids.Add(id);
                    }
                }
            }
        });
        DateTimeOffset? date = null;
        if (member(DatabaseIndex) is { } index)
        {
            Parse($"{name}: {DatabaseIndex}", index, root => date = root.GetProperty("modified").GetDateTimeOffset());
        }

        (string, byte[])[] entries =
        [
            .. ids.Order(StringComparer.Ordinal).Select(id => ($"ID/{id}.json", member($"ID/{id}.json")
                ?? throw new BuildException($"{name} has no ID/{id}.json, which its index names: download it again"))),
        ];
        AdvisoryDatabase read = ReadEntries(name, entries, wanted);
        return read with { Kind = "Go's vulnerability database", Ecosystems = ["Go"], Entries = all.Count, Date = date ?? read.Date };
    }

    private static AdvisoryDatabase ReadEntries(string name, IEnumerable<(string Member, byte[] Bytes)> members, Wanted wanted)
    {
        var ecosystems = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var read = new List<Part>();
        // by the thousand: all of Debian's would be 200 MB at once
        foreach ((string Member, byte[] Bytes)[] some in members.Chunk(1000))
        {
            read.AddRange(some.AsParallel().AsOrdered()
                .Select(member => ReadEntry($"{name}: {member.Member}", member.Bytes, wanted, ecosystems)));
        }

        if (read.FirstOrDefault(one => one.Problem is not null)?.Problem is { } problem)
        {
            throw problem;
        }

        if (read.Count == 0)
        {
            throw new BuildException(
                $"{name} has no entries of a database: expected JSON files in OSV's format, or an index of Go's database");
        }

        string[] about = [.. ecosystems.Keys.Order(StringComparer.Ordinal)];
        return new AdvisoryDatabase(
            name, read.Any(one => one.IsTracker) ? "Debian's security tracker" : $"OSV ({string.Join(", ", about)})", about,
            read.Sum(one => one.Count), read.Max(one => one.Date),
            [.. read.SelectMany(one => one.Kept).OrderBy(one => one.Id, StringComparer.Ordinal)]);
    }

    private static Part ReadEntry(string name, byte[] bytes, Wanted wanted, ConcurrentDictionary<string, bool> ecosystems)
    {
        try
        {
            Part? part = null;
            Parse(name, bytes, root => part = OsvReader.IsOsv(root) ? OfOsv(root, wanted, ecosystems)
                : OsvReader.IsTracker(root) ? OfTracker(root, wanted, ecosystems) : null);
            return part ?? throw new BuildException(
                $"{name} is no database of vulnerabilities: expected an entry in OSV's format, or the data of Debian's security tracker");
        }
        catch (BuildException e)
        {
            return new Part([], 0, null, IsTracker: false) { Problem = e };
        }
    }

    private static Part OfOsv(JsonElement root, Wanted wanted, ConcurrentDictionary<string, bool> ecosystems)
    {
        Vulnerability entry = OsvReader.Read(root);
        foreach (AffectedPackage affected in entry.Affected)
        {
            ecosystems.TryAdd(affected.Ecosystem.Length == 0 ? Git : affected.Ecosystem.Split(':')[0], true);
        }

        bool isKept = !entry.IsWithdrawn && entry.Affected.Any(wanted.Has);
        return new Part(isKept ? [entry] : [], 1, entry.Modified, IsTracker: false);
    }

    private static Part OfTracker(JsonElement root, Wanted wanted, ConcurrentDictionary<string, bool> ecosystems)
    {
        ecosystems.TryAdd("Debian", true);
        JsonProperty[] packages = [.. root.EnumerateObject().Where(package => package.Value.ValueKind is JsonValueKind.Object)];
        return new Part(
            [
                .. packages.Where(package => wanted.DebianPackages.Contains(package.Name))
                    .SelectMany(package => OsvReader.ReadTracker(package.Name, package.Value)),
            ],
            packages.Sum(package => package.Value.GetPropertyCount()), null, IsTracker: true);
    }

    private static void Parse(string name, byte[] bytes, Action<JsonElement> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            read(document.RootElement);
        }
        // what is not there, or of another kind, or half of a character
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new BuildException($"{name} is damaged ({e.Message}): download it again", e);
        }
    }

    private sealed record Part(IReadOnlyList<Vulnerability> Kept, int Count, DateTimeOffset? Date, bool IsTracker)
    {
        /// <summary>What is wrong with it; null: nothing.</summary>
        public BuildException? Problem { get; init; }
    }
}
