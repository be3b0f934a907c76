namespace Qcw.Build.Catalog.Reading;

/// <summary>The rule of each kind of text field. The schema beside the lines repeats the patterns for editors.</summary>
internal static class Rules
{
    private const string LicenceName = "[0-9A-Za-z][0-9A-Za-z.-]*( WITH [0-9A-Za-z][0-9A-Za-z.-]*)?";
    private const string LicenceTerm = $@"({LicenceName}|\({LicenceName}( (AND|OR) {LicenceName})*\))";

    public static readonly TextRule Sentence = new(
        "text on one line, without surrounding blanks",
        @"^[^\x00-\x20]([^\x00-\x1f]*[^\x00-\x20])?$");

    public static readonly TextRule LineSchema = new("\"line.schema.json\"", @"^line\.schema\.json$");

    public static readonly TextRule PatchSchema = new("\"../patch.schema.json\"", @"^\.\./patch\.schema\.json$");

    public static readonly TextRule LineName = new(
        "a line's name: lower-case letters, digits, dots and hyphens",
        "^[a-z0-9][a-z0-9.-]*$");

    public static readonly TextRule Time = new(
        "a time in UTC, 1980 or later (zip files cannot store earlier times), such as 2023-04-30T00:00:00Z",
        "^(19[89][0-9]|2[0-9]{3})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$");

    public static readonly TextRule ComponentName = new(
        "a name: lower-case letters, digits and hyphens, a letter first",
        "^[a-z][a-z0-9-]*$");

    /// <summary>Versions become parts of folder and file names, also on Windows.</summary>
    public static readonly TextRule Version = new(
        "a version: letters, digits and . + ~ _ -, ending in a letter or digit",
        "^[0-9A-Za-z]([0-9A-Za-z.+~_-]*[0-9A-Za-z])?$");

    public static readonly TextRule Licence = new(
        "an SPDX licence expression, such as MIT or (MIT AND Zlib) OR GPL-2.0-only",
        $"^{LicenceTerm}( (AND|OR) {LicenceTerm})*$");

    public static readonly TextRule Cpe = new(
        "supplier and product as the CPE dictionary names them, with a colon between: tukaani:xz",
        "^[0-9a-z_][0-9a-z._-]*:[0-9a-z_][0-9a-z._-]*$");

    public static readonly TextRule PatchName = new(
        "a patch's name: four digits, a hyphen, a title, without the file's ending",
        "^[0-9]{4}-[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?$");

    public static readonly TextRule Kind = new(
        "one of archive, git, debian, recipe",
        "^(archive|git|debian|recipe)$");

    public static readonly TextRule CopyKind = new(
        "one of debian, git-archive",
        "^(debian|git-archive)$");

    public static readonly TextRule ArchiveKind = new("archive", "^archive$");

    public static readonly TextRule Origin = new(
        "one of C (checked in the source itself), 2 (two independent recorders), 1 (one recorder)",
        "^[C21]$");

    public static readonly TextRule Url = new(
        "an https URL that ends in a file's or repository's name, without query and fragment",
        @"^https://[0-9A-Za-z][0-9A-Za-z.-]*(:[0-9]{1,5})?(/[^\s/?#]+)+$");

    public static readonly TextRule ImmutableUrl = new(
        "an https URL that contains a full commit id (40 lower-case hex digits), so that its bytes cannot change",
        @"^https://[0-9A-Za-z][0-9A-Za-z.-]*(:[0-9]{1,5})?(/[^\s/?#]+)*/[0-9a-f]{40}(\.[a-z]+|(/[^\s/?#]+)+)$");

    /// <summary>A page or a message, whose address may have a query.</summary>
    public static readonly TextRule PageUrl = new(
        "an https URL",
        @"^https://[0-9A-Za-z][0-9A-Za-z.-]*(:[0-9]{1,5})?(/[^\s/?#]*)+([?#]\S*)?$");

    public static readonly TextRule UpstreamStatus = new(
        "one of merged, superseded, rejected, proposed, never-sent",
        "^(merged|superseded|rejected|proposed|never-sent)$");

    public static readonly TextRule Watch = new(
        "one of archive, git-tags, debian",
        "^(archive|git-tags|debian)$");

    public static readonly TextRule VersionScheme = new(
        "one of semver, even-minor, date",
        "^(semver|even-minor|date)$");

    /// <summary>All but the mark is taken as it is: it is no regular expression.</summary>
    public static readonly TextRule WatchPattern = new(
        "a file's or tag's name with {version} in it, once: qemu-{version}.tar.xz",
        @"^[0-9A-Za-z._+/-]*\{version\}[0-9A-Za-z._+/-]*$");

    public static readonly TextRule Sha256 = new(
        "64 lower-case hex digits",
        "^[0-9a-f]{64}$");

    public static readonly TextRule Sha1 = new(
        "40 lower-case hex digits",
        "^[0-9a-f]{40}$");

    public static readonly TextRule Commit = new(
        "a full commit id: 40 lower-case hex digits",
        "^[0-9a-f]{40}$");

    public static readonly TextRule KeyFingerprint = new(
        "the primary key's fingerprint: 40 upper-case hex digits",
        "^[0-9A-F]{40}$");

    public static readonly TextRule KeyFile = new(
        "a file name in build/Catalog/Versions/keys that ends in .asc",
        @"^[0-9A-Za-z][0-9A-Za-z._-]*\.asc$");

    public static readonly TextRule SparsePattern = new(
        "a sparse-checkout pattern that begins with / or !/",
        @"^!?/\S*$");

    public static readonly TextRule SubmodulePath = new(
        "a folder of the source tree, relative and with slashes",
        @"^[0-9A-Za-z_][0-9A-Za-z._+-]*(/[0-9A-Za-z_][0-9A-Za-z._+-]*)*$");

    public static readonly TextRule ArchivePrefix = new(
        "the archive's folder with a slash at its end",
        "^[0-9A-Za-z][0-9A-Za-z._+-]*/$");

    public static readonly TextRule GoVersion = new(
        "a version of Go as two or three numbers, such as 1.18 or 1.25.9",
        "^[1-9][0-9]?\\.[0-9]{1,3}(\\.[0-9]{1,3})?$");

    public static readonly TextRule GoRelease = new(
        "a release of Go as three numbers, such as 1.20.14",
        "^[1-9][0-9]?\\.[0-9]{1,3}\\.[0-9]{1,3}$");

    public static readonly TextRule GoModule = new(
        "a Go module's path, such as github.com/spf13/cobra",
        "^[a-z0-9-]+(\\.[a-z0-9-]+)+(/[0-9A-Za-z._~-]+)*$");

    public static readonly TextRule GoHost = new(
        "a host as Go names it, such as linux-amd64",
        "^(linux|windows|darwin)-(amd64|arm64)$");

    public static readonly TextRule DebianPackage = new(
        "a Debian package name",
        "^[a-z0-9][a-z0-9.+-]+$");

    public static readonly TextRule Suite = new(
        "a Debian suite's code name, such as bookworm",
        "^[a-z][a-z-]*$");

    public static readonly TextRule OrigArchive = new(
        "the name of an .orig archive, such as qemu_7.2+dfsg.orig.tar.xz",
        @"^[a-z0-9][a-z0-9.+-]+_[0-9A-Za-z.+~-]+\.orig(-[0-9a-z-]+)?\.tar\.(xz|gz|bz2|lzma)$");

    public static readonly TextRule DebianHost = new(
        "a host that Debian's programs run on, as Go names it: linux-amd64 or linux-arm64",
        "^linux-(amd64|arm64)$");

    public static readonly TextRule PackageFolder = new(
        "a folder inside the packages, without a leading slash",
        @"^[0-9A-Za-z_][0-9A-Za-z._+-]*(/[0-9A-Za-z_][0-9A-Za-z._+-]*)*$");

    public static readonly TextRule PatchesKind = new("debian-patches", "^debian-patches$");

    public static readonly TextRule DebianPackaging = new(
        "the name of an archive or diff with Debian's part of a source package, such as qemu_10.0.13+ds-0+deb13u1.debian.tar.xz",
        @"^[a-z0-9][a-z0-9.+-]+_[0-9A-Za-z.+~-]+\.(debian\.tar\.(xz|gz|bz2)|diff\.gz)$");

    public static readonly TextRule DebianPatch = new(
        "the name of a patch below debian/patches, as its series has it",
        "^[0-9A-Za-z_][0-9A-Za-z._+~-]*(/[0-9A-Za-z_][0-9A-Za-z._+~-]*)*$");

    public static readonly TextRule FirmwareName = new(
        "a file name without a folder",
        "^[0-9A-Za-z_][0-9A-Za-z._+-]*$");

    public static readonly TextRule PackageFile = new(
        "a path inside the package without a leading slash; * only in the file's name",
        @"^([0-9A-Za-z_][0-9A-Za-z._+-]*/)*[0-9A-Za-z_*][0-9A-Za-z._+*-]*$");

    /// <summary>A binary package that is for machines of one architecture, or for all.</summary>
    public static TextRule BinaryPackage(string architecture) => new(
        $"a file for this host, whose name ends in _{architecture}.deb or _all.deb",
        $@"^[a-z0-9][a-z0-9.+-]+_[0-9A-Za-z.+~-]+_(all|{architecture})\.deb$");
}
