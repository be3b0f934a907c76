using System.Net;
using System.Runtime.Versioning;
using System.Text;
using Qcw.Build.Caching;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Tests.Caching;

/// <summary>A step whose output another folder, or another machine, has made.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StepCacheTests
{
    private TemporaryFolder folder = null!;
    private RecordingLog log = null!;
    private CacheServer server = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        log = new RecordingLog();
        server = new CacheServer();
    }

    [TearDown]
    public void TearDown()
    {
        server.Dispose();
        folder.Dispose();
        log.Dispose();
    }

    private string[] Warnings => [.. log.Text.Split('\n').Where(line => line.StartsWith("warning: ", StringComparison.Ordinal))];

    private string Address => server.Root.AbsoluteUri;

    [Test]
    public void A_second_folder_gets_what_the_first_one_made([Values] bool overHttp)
    {
        string place = overHttp ? Address : folder["cache"];
        Make("one", place, write: true);
        int ran = Runs(() => Make("two", place));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ran, Is.Zero, log.Text);
            Assert.That(Files(folder["two"]), Is.EqualTo(Files(folder["one"])));
            Assert.That(log.Text, Does.Contain($"from the cache {place}"));
            Assert.That(Runs(() => Make("two", place)), Is.Zero, "it is up to date now");
        }
    }

    [Test]
    public void A_folder_keeps_modes_links_and_empty_folders()
    {
        Make("one", Address, write: true);
        Make("two", Address);
        string output = folder["two/output"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                File.GetUnixFileMode(Path.Combine(output, "bin/tool")) & UnixFileMode.UserExecute, Is.Not.EqualTo(UnixFileMode.None));
            Assert.That(File.GetUnixFileMode(Path.Combine(output, "text")) & UnixFileMode.UserExecute, Is.EqualTo(UnixFileMode.None));
            Assert.That(new FileInfo(Path.Combine(output, "link")).LinkTarget, Is.EqualTo("bin/tool"));
            Assert.That(Path.Combine(output, "empty"), Does.Exist);
            Assert.That(
                File.GetLastWriteTimeUtc(Path.Combine(output, "text")), Is.LessThan(new DateTime(2001, 1, 1)), "nothing looks out of date");
        }
    }

    [Test]
    public void The_same_output_is_packed_to_the_same_bytes()
    {
        Make("one", Address, write: true);
        string first = server.Only("cas");
        Make("two", folder["cache"], write: true);
        Assert.That(Directory.GetFiles(folder["cache/cas"]).Select(Path.GetFileName), Is.EqualTo([first[^64..]]));
    }

    [Test]
    public void A_file_is_kept_as_it_is_and_what_belongs_to_it_too()
    {
        MakeFile("one", Address, write: true);
        int ran = Runs(() => MakeFile("two", Address));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ran, Is.Zero, log.Text);
            Assert.That(File.ReadAllText(folder["two/setup.exe"]), Is.EqualTo("setup"));
            Assert.That(File.ReadAllText(folder["two/uninstaller.exe"]), Is.EqualTo("uninstaller"));
            Assert.That(server.Entries.Values.Select(Encoding.UTF8.GetString), Has.Member("setup"), "under its own sha256");
        }
    }

    [TestCase("input")]
    [TestCase("tool")]
    [TestCase("package")]
    [TestCase("package of a library")]
    [TestCase("dependency of a tool")]
    public void Whatever_could_change_the_output_makes_it_another_entry(string change)
    {
        Make("one", Address, write: true);
        Assert.That(Runs(() => Make("two", Address, change: change)), Is.EqualTo(1), log.Text);
    }

    [Test]
    public void Where_a_source_was_fetched_from_does_not_matter()
    {
        Make("one", Address, write: true);
        Assert.That(Runs(() => Make("two", Address, change: "server of the source")), Is.Zero, log.Text);
    }

    [Test]
    public void Nothing_is_written_without_being_asked_for()
    {
        Make("one", Address);
        Assert.That(server.Requests, Has.All.StartsWith("GET "));
    }

    [Test]
    public void What_takes_no_time_is_not_kept()
    {
        Make("one", Address, write: true, took: TimeSpan.FromSeconds(0.5));
        Assert.That(server.Entries, Is.Empty);
    }

    [TestCase("another byte", "cas", "sha256")]
    [TestCase("cut off", "cas", "expected")]
    [TestCase("too long", "cas", "more than")]
    [TestCase("gone", "cas", "does not have it")]
    [TestCase("another byte", "ac", "")]
    [TestCase("cut off", "ac", "too early")]
    [TestCase("an error page", "ac", "")]
    public void A_wrong_entry_is_refused_by_name_and_the_step_runs(string damage, string kind, string why)
    {
        Make("one", Address, write: true);
        string path = server.Only(kind);
        Damage(path, damage);
        int ran = Runs(() => Make("two", Address));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ran, Is.EqualTo(1));
            Assert.That(
                log.Text, Does.Contain("warning: ").And.Contain($"{Address}{path["/prefix".Length..]} is refused").And.Contain(why));
            Assert.That(Files(folder["two"]), Is.EqualTo(Files(folder["one"])));
        }
    }

    [Test]
    public void Whoever_may_write_puts_the_right_entry_in_place_of_a_wrong_one()
    {
        Make("one", Address, write: true);
        string path = server.Only("cas");
        byte[] right = server.Entries[path];
        Damage(path, "another byte");
        Make("two", Address, write: true);
        Assert.That(server.Entries[path], Is.EqualTo(right));
    }

    [Test]
    public void An_entry_for_another_step_is_refused()
    {
        Make("one", Address, write: true);
        byte[] entry = server.Entries[server.Only("ac")];
        var store = new Dictionary<string, byte[]>(server.Entries);
        server.Entries.Clear();
        Runs(() => Make("two", Address, change: "input", write: true));
        string other = server.Only("ac");
        foreach ((string path, byte[] bytes) in store)
        {
            server.Entries[path] = bytes;
        }

        server.Entries[other] = entry;
        Assert.That(Runs(() => Make("three", Address, change: "input")), Is.EqualTo(1));
        Assert.That(log.Text, Does.Contain("something else"));
    }

    [Test]
    public void An_archive_that_leads_out_of_its_folder_is_refused()
    {
        Make("one", folder["cache"], write: true);
        string ac = Directory.GetFiles(folder["cache/ac"]).Single();
        string evil = folder.Write("evil", SourceArchive.Tar(SourceArchiveItem.File("output/../../../evil", "x")));
        string sha256 = Qcw.Build.Core.Files.Sha256(evil);
        File.Copy(evil, folder["cache/cas/" + sha256]);
        ActionResult result = ActionResult.Read(File.ReadAllBytes(ac));
        var poisoned = result with { Files = [result.Files[0] with { Sha256 = sha256, Size = new FileInfo(evil).Length }] };
        File.WriteAllBytes(ac, poisoned.ToBytes());
        int ran = Runs(() => Make("two", folder["cache"]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ran, Is.EqualTo(1));
            Assert.That(log.Text, Does.Contain($"cas/{sha256} is refused"));
            Assert.That(Files(folder["two"]), Is.EqualTo(Files(folder["one"])));
        }
    }

    [Test]
    public void A_cache_that_does_not_answer_costs_one_warning()
    {
        server.Dispose();
        Make("one", Address, write: true);
        Make("two", Address, write: true);
        Assert.That(Warnings, Has.Exactly(2).Items, "one for each run");
        Assert.That(Files(folder["two"]), Is.EqualTo(Files(folder["one"])));
    }

    [TestCase(HttpStatusCode.Forbidden, "403")]
    [TestCase(HttpStatusCode.InternalServerError, "500")]
    [TestCase(HttpStatusCode.MethodNotAllowed, "405")]
    public void A_cache_that_refuses_costs_one_warning(HttpStatusCode status, string said)
    {
        server.Always = status;
        using StepCache cache = Cache(Address, write: true, string.Empty);
        Runs(() => Make("one", cache));
        Runs(() => Make("two", cache));
        Assert.That(Warnings.Single(), Does.Contain(said));
    }

    [Test]
    public void User_and_password_of_the_address_are_sent_and_never_printed()
    {
        server.Authorization = CacheServer.Basic("user", "p@ss");
        string address = Address.Replace("://", "://user:p%40ss@", StringComparison.Ordinal);
        Make("one", address, write: true);
        int ran = Runs(() => Make("two", address));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ran, Is.Zero, log.Text);
            Assert.That(log.Text, Does.Not.Contain("p@ss").And.Not.Contain("p%40ss"));
        }
    }

    [Test]
    public void Without_the_password_the_build_goes_on()
    {
        server.Authorization = CacheServer.Basic("user", "p@ss");
        Assert.That(Runs(() => Make("one", Address, write: true)), Is.EqualTo(1));
        Assert.That(log.Text, Does.Contain("warning: ").And.Contain("401"));
    }

    [Test]
    public void A_folder_that_is_not_there_is_wrong_usage() => Assert.That(
        () => StepCache.Require(new CacheOptions(folder["typo"], Write: false)),
        Throws.TypeOf<UsageException>().With.Message.Contains("typo").And.Message.Contains("--cache-write"));

    private int runs;

    private int Runs(Action make)
    {
        runs = 0;
        make();
        return runs;
    }

    private StepCache Cache(string place, bool write, string surroundings) => StepCache.Open(
        new CacheOptions(place, write),
        new HttpSettings { ConnectTimeout = TimeSpan.FromSeconds(5), StallTimeout = TimeSpan.FromSeconds(5) },
        folder["tmp"], _ => surroundings, log.Log);

    private void Make(string where, string place, bool write = false, string change = "", TimeSpan? took = null)
    {
        using StepCache cache = Cache(place, write, change == "dependency of a tool" ? "libc 2" : "libc 1");
        Make(where, cache, change, took);
    }

    private void Make(string where, StepCache cache, string change = "", TimeSpan? took = null)
    {
        Provenance toolchain = PackageOf("gcc", change == "package" ? "2" : "1");
        var inputs = new Fingerprint().Add("input", change == "input" ? "2" : "1");
        var step = new Step("qemu", "compile", folder[where + "/output"], inputs)
        {
            IsShared = true,
            By = PackageOf("cmake", change == "package of a library" ? "2" : "1").With(new Provenance
            {
                Sources =
                [
                    new SourceRecord("qemu", "1", "pin", "place") { ServedBy = change == "server of the source" ? "there" : "here" },
                ],
                Tools = new Dictionary<string, string> { ["gcc"] = change == "tool" ? "gcc 2" : "gcc 1" },
            }),
            Toolchain = () => toolchain,
        };
        Run(cache, step, took, output =>
        {
            Directory.CreateDirectory(Path.Combine(output, "bin"));
            Directory.CreateDirectory(Path.Combine(output, "empty"));
            File.WriteAllText(Path.Combine(output, "bin/tool"), "tool");
            File.SetUnixFileMode(Path.Combine(output, "bin/tool"), (UnixFileMode)0b111_101_101);
            File.WriteAllText(Path.Combine(output, "text"), new string('x', 10_000));
            File.CreateSymbolicLink(Path.Combine(output, "link"), "bin/tool");
        });
    }

    private void MakeFile(string where, string place, bool write = false)
    {
        using StepCache cache = Cache(place, write, string.Empty);
        var step = new Step("qemu", "installer", folder[where + "/setup.exe"], new Fingerprint())
        {
            IsShared = true,
            Companions = [folder[where + "/uninstaller.exe"]],
        };
        Run(cache, step, null, output =>
        {
            File.WriteAllText(output, "setup");
            File.WriteAllText(folder[where + "/uninstaller.exe"], "uninstaller");
        });
    }

    private void Run(StepCache cache, Step step, TimeSpan? took, Action<string> work) =>
        new StepRunner(log.Log) { Cache = new Slow(cache, took ?? TimeSpan.FromMinutes(1)) }.RunReplacing(step, output =>
        {
            runs++;
            work(output);
        });

    private void Damage(string path, string damage)
    {
        byte[] bytes = server.Entries[path];
        switch (damage)
        {
            case "another byte":
                byte[] other = [.. bytes];
                other[^1] ^= 1;
                server.Entries[path] = other;
                break;
            case "cut off":
                server.Entries[path] = bytes[..^10];
                break;
            case "too long":
                server.Entries[path] = [.. bytes, 0];
                break;
            case "an error page":
                server.Entries[path] = Encoding.UTF8.GetBytes("<html>please log in</html>");
                break;
            default:
                Assert.That(server.Entries.TryRemove(path, out _), Is.True);
                break;
        }
    }

    private static Provenance PackageOf(string name, string version) =>
        new() { Packages = [new ToolPackage(name, name, version, "amd64", "debian")] };

    private static string[] Files(string root) =>
    [
        .. Directory.GetFiles(Path.Combine(root, "output"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(root, file)} {Qcw.Build.Core.Files.Sha256(file)} {File.GetUnixFileMode(file)}"),
    ];

    /// <summary>Pretends that each step took a certain time.</summary>
    private sealed class Slow(StepCache cache, TimeSpan took) : IStepCache
    {
        public bool TryTake(Step step, string target) => cache.TryTake(step, target);

        public void Keep(Step step, string made, TimeSpan _) => cache.Keep(step, made, took);
    }
}
