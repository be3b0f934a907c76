using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Caching;

/// <summary>What the command line says of a cache.</summary>
/// <param name="Place">A full path, or an address, which may have user and password in it.</param>
/// <param name="Write">True: what is made here is put into it.</param>
public sealed record CacheOptions(string Place, bool Write);

/// <summary>
/// Outputs of steps, shared between folders and machines. An entry's key is everything that determines the output: the step's fingerprint,
/// and the packages that its tools, and those of the steps before, are from. Of an entry nothing is used before its bytes have the hash
/// that they are listed with; what does not is refused by name, and the step runs. A cache that cannot be used is left after one warning.
/// </summary>
/// <param name="store">Where entries are.</param>
/// <param name="writes">True: outputs are put into it.</param>
/// <param name="scratch">A folder for what is on its way, a full path.</param>
/// <param name="surroundings">What else is on this machine that could change what tools make: part of each key.</param>
/// <param name="log">Is told what came from the cache, and what is wrong with it.</param>
public sealed class StepCache(
    ICacheStore store, bool writes, string scratch, Func<Provenance, string> surroundings, BuildLog log) : IStepCache, IDisposable
{
    /// <summary>The variable that names a cache.</summary>
    public const string Variable = "QCW_CACHE";

    /// <summary>To be raised whenever an entry would have to be read in another way.</summary>
    public const string FormatVersion = "1";

    // a step that is done in less is not worth asking for
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(1);

    private const long LargestResult = 1_000_000;

    private readonly Lock gate = new();
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);
    private bool isLeft;

    /// <summary>The cache that the command line names.</summary>
    /// <exception cref="UsageException">It is a folder, which is not there and is not to be written.</exception>
    public static StepCache Open(
        CacheOptions options, HttpSettings http, string scratch, Func<Provenance, string> surroundings, BuildLog log) =>
        new(StoreOf(options, http), options.Write, scratch, surroundings, log);

    /// <summary>Ends the run where a folder is named that is not there.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    public static void Require(CacheOptions options)
    {
        if (!IsAddress(options.Place, out _) && !options.Write && !Directory.Exists(options.Place))
        {
            throw new UsageException($"--cache: there is no folder {options.Place}; --cache-write makes and fills it");
        }
    }

    /// <summary>True for a cache on the network.</summary>
    public static bool IsAddress(string place, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(place, UriKind.Absolute, out address) && address.Scheme is "http" or "https";

    public bool TryTake(Step step, string target)
    {
        if (IsLeft)
        {
            return false;
        }

        string key = KeyOf(step);
        string work = Path.Combine(scratch, "cache-" + key);
        try
        {
            Files.Delete(work);
            Directory.CreateDirectory(work);
            return Take(step, key, work, target);
        }
        catch (CacheUnavailableException e)
        {
            Leave(e);
            return false;
        }
        finally
        {
            Files.Delete(work);
        }
    }

    public void Keep(Step step, string made, TimeSpan took)
    {
        if (!writes || IsLeft || took < Worth)
        {
            return;
        }

        string key = KeyOf(step);
        string work = Path.Combine(scratch, "cache-" + key);
        try
        {
            Files.Delete(work);
            Directory.CreateDirectory(work);
            string[] outputs = [made, .. step.Companions];
            CachedFile[] files = [.. outputs.Select((output, index) => Put(output, index == 0 ? step.Output : output, work))];
            var result = new ActionResult(files, TextOf(step, key));
            using var bytes = new MemoryStream(result.ToBytes());
            store.Put("ac/" + key, bytes); // last: a server that validates looks whether it has the files
            log.Step(step.Component, step.Phase, $"put into the cache: {ByteSize.Format(files.Sum(file => file.Size))}");
        }
        catch (CacheUnavailableException e)
        {
            Leave(e);
        }
        catch (IOException e)
        {
            // the output itself is there
            Leave(new CacheUnavailableException(FolderProblems.Explain(e) ?? e.Message, e));
        }
        finally
        {
            Files.Delete(work);
        }
    }

    public void Dispose() => store.Dispose();

    /// <summary>The key of a step's entry: 64 lower-case hex digits.</summary>
    internal string KeyOf(Step step)
    {
        Provenance by = step.Toolchain is { } ask ? step.By.With(ask()) : step.By;
        return new Fingerprint()
            .Add("format", FormatVersion)
            .Add("step", $"{step.Component} {step.Phase} {Path.GetFileName(step.Output)}")
            .Add("fingerprint", step.Fingerprint.Hash)
            .Add("host", RuntimeInformation.OSArchitecture + (OperatingSystem.IsWindows() ? " windows" : string.Empty))
            .Add("tools", string.Join('\n', by.Tools.Select(tool => $"{tool.Key} {tool.Value}")))
            .Add("packages", string.Join('\n', by.Packages.Select(PackageText).Distinct()))
            .Add("images", string.Join('\n', by.BaseImages.Concat(by.Msys2Packages)))
            .Add("surroundings", surroundings(by))
            .Hash;
    }

    // whether an index of apt's still has the sum of a package is a matter of the day
    private static string PackageText(ToolPackage package) =>
        $"{package.Tool} {package.Name} {package.Version} {package.Architecture} {package.Distribution}";

    private bool IsLeft
    {
        get
        {
            lock (gate)
            {
                return isLeft;
            }
        }
    }

    private static string TextOf(Step step, string key) => $"qcw {FormatVersion}\n{step.Component} {step.Phase}\n{key}\n";

    private bool Take(Step step, string key, string work, string target)
    {
        string place = "ac/" + key;
        using var bytes = new MemoryStream();
        if (!store.TryGet(place, bytes, LargestResult))
        {
            return false;
        }

        try
        {
            ActionResult result = ActionResult.Read(bytes.ToArray());
            if (result.Text != TextOf(step, key))
            {
                throw new BuildException("it says that it is for something else");
            }

            string[] names = [.. result.Files.Select(file => file.Name)];
            string[] companions = [.. step.Companions.Select(NameOf)];
            if (!names.SequenceEqual([NameOf(step.Output), .. companions])
                && !names.SequenceEqual([NameOf(step.Output) + StepArchive.Ending, .. companions]))
            {
                throw new BuildException($"it lists other files than the step makes: {string.Join(", ", names)}");
            }

            foreach (CachedFile file in result.Files)
            {
                place = "cas/" + file.Sha256;
                Get(place, file, Path.Combine(work, file.Name));
            }

            place = "cas/" + result.Files[0].Sha256;
            Place(result, work, target, step);
            log.Step(
                step.Component, step.Phase, $"from the cache {store.Name}: {ByteSize.Format(result.Files.Sum(file => file.Size))}");
            return true;
        }
        catch (BuildException e) when (e is not CacheUnavailableException)
        {
            lock (gate)
            {
                refused.Add(place);
            }

            Files.Delete(target);
            log.Warn($"{step.Component} {step.Phase}: {store.Name}/{place} is refused, and the step runs: {e.Message}");
            return false;
        }
    }

    private static string NameOf(string output) => Path.GetFileName(output);

    private void Get(string place, CachedFile file, string target)
    {
        DiskSpace.Require(target, file.Size, $"a file of the cache {store.Name}");
        using (FileStream to = File.Create(target))
        {
            if (!store.TryGet(place, to, file.Size))
            {
                throw new BuildException("the cache lists it, and does not have it");
            }

            if (to.Length != file.Size)
            {
                throw new BuildException(
                    to.Length > file.Size
                        ? $"it has more than {file.Size} bytes, the expected number"
                        : $"it has {to.Length} bytes, expected {file.Size}");
            }
        }

        if (Files.Sha256(target) is var got && got != file.Sha256)
        {
            throw new BuildException($"its bytes have another sha256: {got}");
        }

        if (!OperatingSystem.IsWindows() && file.IsExecutable)
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserExecute);
        }
    }

    private static void Place(ActionResult result, string work, string target, Step step)
    {
        foreach ((CachedFile file, string companion) in result.Files.Skip(1).Zip(step.Companions))
        {
            Files.Replace(Path.Combine(work, file.Name), companion);
        }

        string output = Path.Combine(work, result.Files[0].Name);
        if (result.Files[0].Name == NameOf(step.Output))
        {
            Files.Replace(output, target);
        }
        else
        {
            StepArchive.Unpack(output, target);
        }
    }

    private CachedFile Put(string made, string named, string work)
    {
        string file = made;
        string name = NameOf(named);
        if (Directory.Exists(made))
        {
            name += StepArchive.Ending;
            file = Path.Combine(work, name);
            StepArchive.Pack(made, file);
        }

        var cached = new CachedFile(
            name, Files.Sha256(file), new FileInfo(file).Length,
            !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.UserExecute) != 0);
        string place = "cas/" + cached.Sha256;
        bool wasRefused;
        lock (gate)
        {
            wasRefused = refused.Contains(place);
        }

        if (wasRefused || !store.Has(place, cached.Size))
        {
            using FileStream content = File.OpenRead(file);
            store.Put(place, content);
        }

        return cached;
    }

    private void Leave(CacheUnavailableException e)
    {
        lock (gate)
        {
            if (isLeft)
            {
                return;
            }

            isLeft = true;
        }

        log.Warn($"the cache {store.Name} is not used any more in this run: {e.Message}");
    }

    private static ICacheStore StoreOf(CacheOptions options, HttpSettings http)
    {
        if (!IsAddress(options.Place, out Uri? address))
        {
            return new FolderStore(options.Place);
        }

        Uri root = new UriBuilder(address.GetLeftPart(UriPartial.Path)) { UserName = string.Empty, Password = string.Empty }.Uri;
        var handler = new SocketsHttpHandler
        {
            Proxy = ProxySettings.FromEnvironment(),
            SslOptions = { CertificateChainPolicy = TrustedAuthorities.Policy() },
            ConnectTimeout = http.ConnectTimeout,
            AutomaticDecompression = DecompressionMethods.None,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("qcw-build");
        if (UserOf(address) is { } user)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.User}:{user.Password}")));
        }

        return new HttpStore(root, client, http.StallTimeout);
    }

    private static (string User, string Password)? UserOf(Uri address)
    {
        string[] parts = address.UserInfo.Split(':', 2);
        return address.UserInfo.Length == 0
            ? Netrc.Of(address.Host)
            : (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }
}
