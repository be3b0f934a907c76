using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Tests.Support;

/// <summary>
/// Unix sockets for a Wine that has none (8.0 and 10.0: error 10047): a native ws2_32.dll that is compiled here from <c>shim/</c> and put
/// before Wine's own. For tests only: it is in no release.
/// </summary>
public static partial class UnixSocketLayer
{
    /// <summary>First line of the file of a socket, as in shim/address.c; the second one is its TCP port on 127.0.0.1.</summary>
    private const string FirstLine = "a Unix socket of qcw's tests\n";

    private const string Compiler = "x86_64-w64-mingw32-gcc";

    private static readonly Lazy<string> Built = new(Build);

    /// <summary>The folder of its sources.</summary>
    public static string Sources { get; } = Path.Combine(Repository.Root, "tests", "Support", "UnixSockets", "shim");

    /// <summary>Gives a Windows Unix sockets. The first call of a test run compiles.</summary>
    public static void InstallInto(WineSession windows)
    {
        string system = Path.Combine(windows.DriveC, "windows", "system32");
        foreach (string dll in (string[])["ws2_32.dll", "wsreal32.dll"])
        {
            // Wine's file there is a hard link to that of other sessions
            File.Delete(Path.Combine(system, dll));
            File.Copy(Path.Combine(Built.Value, "x86_64-windows", dll), Path.Combine(system, dll));
        }

        windows.Variables["WINEDLLPATH"] = Built.Value;
        windows.Variables["WINEDLLOVERRIDES"] = "winemenubuilder.exe=d;mscoree,mshtml=;ws2_32=n";
    }

    /// <summary>Compiles a C program for Windows.</summary>
    public static void Compile(string source, string program) =>
        ProcessRunner.Run(new ProcessRequest(Compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-lws2_32"));

    /// <summary>Connects to a socket that a program under Wine listens on.</summary>
    /// <param name="file">This machine's path of the socket's file.</param>
    public static TcpClient Connect(string file)
    {
        string text = File.ReadAllText(file);
        Assert.That(text, Does.StartWith(FirstLine), file);
        var client = new TcpClient();
        client.Connect(IPAddress.Loopback, int.Parse(text[FirstLine.Length..].Trim(), CultureInfo.InvariantCulture));
        return client;
    }

    /// <summary>Listens on a socket that a program under Wine will connect to.</summary>
    /// <param name="file">This machine's path of the socket's file.</param>
    public static TcpListener Listen(string file)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        File.WriteAllText(file, $"{FirstLine}{((IPEndPoint)listener.LocalEndpoint).Port}\n");
        return listener;
    }

    /// <summary>Deletes what was compiled.</summary>
    public static void Delete()
    {
        if (Built.IsValueCreated)
        {
            Directory.Delete(Built.Value, recursive: true);
        }
    }

    // in the layout of WINEDLLPATH: Wine finds a built-in DLL by its file in system32 and its Unix half by this path
    private static string Build()
    {
        string folder = Directory.CreateTempSubdirectory("qcw-unix-sockets-").FullName;
        string windows = Directory.CreateDirectory(Path.Combine(folder, "x86_64-windows")).FullName;
        string unix = Directory.CreateDirectory(Path.Combine(folder, "x86_64-unix")).FullName;
        string wine = WineLibraries();
        string original = Path.Combine(wine, "x86_64-windows", "ws2_32.dll");
        File.Copy(original, Path.Combine(windows, "wsreal32.dll"));
        File.Copy(Path.Combine(wine, "x86_64-unix", "ws2_32.so"), Path.Combine(unix, "wsreal32.so"));

        string[] sources = Directory.GetFiles(Sources, "*.c");
        string definition = Path.Combine(folder, "shim.def");
        File.WriteAllText(definition, Definition(ExportTable.Read(original), Replaced(sources)));
        ProcessRunner.Run(new ProcessRequest(Compiler,
            ["-O2", "-Wall", "-Wextra", "-Werror", "-s", "-shared", "-o", Path.Combine(windows, "ws2_32.dll"), .. sources, definition]));
        return folder;
    }

    // what is not ours is a forward to Wine's, under the same ordinal
    private static string Definition(IReadOnlyList<Export> exports, HashSet<string> replaced)
    {
        Assert.That(exports.Select(export => export.Name), Is.SupersetOf(replaced), "shim/ replaces functions that Wine does not export");
        var text = new StringBuilder("LIBRARY ws2_32.dll\nEXPORTS\n");
        foreach ((string name, int ordinal) in exports)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name} = {(replaced.Contains(name) ? "shim_" : "wsreal32.")}{name} @{ordinal}\n");
        }

        return text.ToString();
    }

    private static HashSet<string> Replaced(IEnumerable<string> sources) =>
        [.. sources.SelectMany(source => ReplacedFunction().Matches(File.ReadAllText(source))).Select(match => match.Groups[1].Value)];

    private static string WineLibraries()
    {
        string[] folders = ["/usr/lib/x86_64-linux-gnu/wine", "/usr/lib/wine", "/usr/lib64/wine", "/opt/wine-stable/lib64/wine"];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "x86_64-windows", "ws2_32.dll")))
            ?? throw new AssertionException(
                $"Wine's x86_64-windows/ws2_32.dll is in none of {string.Join(", ", folders)}; on Debian: apt-get install wine64");
    }

    [GeneratedRegex(@"\bWSAAPI shim_(\w+)\(")]
    private static partial Regex ReplacedFunction();
}
