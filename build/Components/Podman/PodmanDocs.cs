using System.Globalization;
using System.Text.RegularExpressions;
using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Components;

/// <summary>
/// Makes the HTML documentation of Podman for Windows with upstream's own scripts: <c>hack/markdown-preprocess</c> completes the pages'
/// sources, <c>docs/remote-docs.sh</c> has pandoc convert the page of each command that the remote client has.
/// </summary>
public static partial class PodmanDocs
{
    /// <summary>Part of fingerprints: to be raised whenever the same inputs would give other pages.</summary>
    public const string FormatVersion = "1";

    /// <summary>The file name of the page that lists the commands.</summary>
    public const string Index = "podman.html";

    private const string Pages = "pages";

    /// <summary>Makes the pages. The output folder appears when all are made and checked.</summary>
    /// <param name="request">From what, and where.</param>
    /// <param name="onLine">Called with each line of output.</param>
    /// <returns>The pages, full paths, sorted.</returns>
    /// <exception cref="BuildException">
    /// The tree lacks something, a script failed, or a page is missing, empty or not self-contained.
    /// </exception>
    public static IReadOnlyList<string> Make(PodmanDocsRequest request, Action<string> onLine)
    {
        Files.Delete(request.LogFile);
        Files.Delete(request.Work);
        string root = Path.Combine(request.Work, "tree");
        var tree = new PodmanDocsTree(root);
        tree.Copy(request.Source, request.PodmanRemote);
        Directory.CreateDirectory(Path.Combine(root, Pages));

        onLine("qcw: podman-docs: commands");
        IReadOnlyList<string> commands = PodmanCommands.List(words =>
            ProcessRunner.Run(Command(request, root, Path.Combine(root, PodmanDocsTree.Client), ["help", .. words])).StandardOutput);
        onLine("qcw: podman-docs: preprocess");
        ProcessRunner.Run(Command(request, root, "/usr/bin/python3", PodmanDocsTree.Preprocess) with { OnLine = onLine });
        tree.RequireSources(commands);
        onLine("qcw: podman-docs: pages");
        Publish(
            Command(request, root, "/bin/bash", "-x", PodmanDocsTree.Publish, "windows", Pages, PodmanDocsTree.Sources), commands.Count + 2,
            onLine);
        onLine("qcw: podman-docs: check");
        return Collect(request, Path.Combine(root, Pages), commands, onLine);
    }

    /// <summary>Runs upstream's script. Neither it nor pandoc says which page it is at: bash's trace does.</summary>
    private static void Publish(ProcessRequest script, int pages, Action<string> onLine)
    {
        string page = "the first page";
        int started = 0;

        void Receive(string line)
        {
            if (Conversion().Match(line) is { Success: true } conversion)
            {
                page = conversion.Groups["page"].Value;
                onLine($"[{++started}/{pages}] {page}");
            }
            else if (!line.StartsWith('+'))
            {
                onLine(line);
            }
        }

        try
        {
            ProcessRunner.Run(script with { OnLine = Receive });
        }
        catch (ProcessFailedException e)
        {
            throw new BuildException($"Podman's documentation failed at {page}: {e.Message}", e);
        }
    }

    private static string[] Collect(PodmanDocsRequest request, string made, IEnumerable<string> commands, Action<string> onLine)
    {
        SortedSet<string> pages = new(Directory.GetFiles(made).Select(file => Path.GetFileName(file)), StringComparer.Ordinal);
        string tutorial = Path.GetFileNameWithoutExtension(PodmanDocsTree.Tutorial) + ".html";
        PodmanPages.RequireAll(pages, [Index, tutorial, .. commands.Select(command => PodmanCommands.Page(command) + ".html")]);
        string partial = request.Output + ".partial";
        Files.Delete(partial);
        Directory.CreateDirectory(partial);
        foreach (string page in pages)
        {
            string html = File.ReadAllText(Path.Combine(made, page));
            PodmanPages.Check(page, html, [request.Work, request.Source]);
            var removed = new List<string>();
            File.WriteAllText(Path.Combine(partial, page), PodmanLinks.Repair(page, html, pages, removed));
            foreach (string target in removed)
            {
                onLine($"{page}: the link to {target} leads to no page and becomes text");
            }
        }

        Files.Replace(partial, request.Output);
        return [.. pages.Select(page => Path.Combine(request.Output, page))];
    }

    /// <summary>A program that sees nothing of the caller's environment, and a network only through a proxy that is not there.</summary>
    private static ProcessRequest Command(PodmanDocsRequest request, string tree, string program, params IReadOnlyList<string> arguments)
    {
        string home = Path.Combine(request.Work, "home");
        Directory.CreateDirectory(home);
        return new ProcessRequest(program, arguments)
        {
            WorkingDirectory = tree,
            ClearEnvironment = true,
            LogFile = request.LogFile,
            Environment = new Dictionary<string, string?>(RecipeEnvironment.OfTools(home))
            {
                ["PODMAN"] = PodmanDocsTree.Client,
                ["SOURCE_DATE_EPOCH"] = request.SourceDateEpoch.ToString(CultureInfo.InvariantCulture),
                ["http_proxy"] = "http://127.0.0.1:9",
                ["https_proxy"] = "http://127.0.0.1:9",
            },
        };
    }

    [GeneratedRegex(@"^\++ pandoc .*?(?<page>[^/ ]+\.md)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Conversion();
}

/// <summary>What Podman's documentation is made from, and where. All are full paths.</summary>
/// <param name="Source">The patched source tree; only read.</param>
/// <param name="PodmanRemote">Podman's remote client, built for this machine: it is asked for its commands.</param>
/// <param name="Work">A folder for this alone; what is in it goes.</param>
/// <param name="Output">The folder that gets the pages; what is in it goes.</param>
/// <param name="SourceDateEpoch">Seconds since 1970 UTC.</param>
/// <param name="LogFile">Gets all output.</param>
public sealed record PodmanDocsRequest(
    string Source,
    string PodmanRemote,
    string Work,
    string Output,
    long SourceDateEpoch,
    string LogFile);
