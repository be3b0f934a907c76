// Fetches one archive in a process of its own, so that tests can kill it, or run two at once:
//   FetchTool ARTIFACTS URL SHA256

using Qcw.Build.Fetching;

if (args is not [string artifacts, string url, string sha256])
{
    await Console.Error.WriteLineAsync("usage: FetchTool ARTIFACTS URL SHA256");
    return 2;
}

var component = new Component("sample", "1.0", new ArchiveSource([new Uri(url)], sha256, null), [], [], []);
using var fetcher = new Fetcher(new Paths(artifacts, artifacts), new FetchOptions(), new BuildLog(Console.Out, interactive: false));
try
{
    await fetcher.FetchAsync([component]);
    Console.WriteLine(fetcher.Locate(component).Path);
    return 0;
}
catch (BuildException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
