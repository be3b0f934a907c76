using System.Security.Cryptography;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Trees;

// Patches one source tree in a process of its own, so that a test can kill it:
// SourceTreeTool unpack|apply ARTIFACTS ARCHIVE-OR-FOLDER HASH [PATCH...]
string verb = args[0];
string source = args[2];
var log = new BuildLog(Console.Out, interactive: false);
var paths = new Paths(args[1], args[1]);
string hash = args[3];
var local = new LocalSource(source, hash);
var component = new Component("demo", "1.0", local, [], [], []);
var fetched = new FetchedSource(Directory.Exists(source) ? FetchedKind.Directory : FetchedKind.Archive, source, hash) { Source = local };
var tree = new SourceTree(paths, new StepRunner(log), log, 1_680_000_000);
try
{
    if (verb == "unpack")
    {
        tree.Unpack(component, fetched);
    }
    else
    {
        tree.Apply(component, fetched, [.. args.Skip(4).Select(Patch)]);
    }

    return 0;
}
catch (BuildException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static PatchFile Patch(string path) =>
    new(Path.GetFileNameWithoutExtension(path), path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
