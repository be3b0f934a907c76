using System.Text;

namespace Qcw.Acceptance.Tests.SharedFolders;

/// <summary>
/// Names that Windows takes for something else than the file of that name in the folder. The server decides before the host sees one, so
/// the table is the same under Wine and on Windows.
/// </summary>
[TestFixture]
[Category("qemu")]
internal sealed class HostileNamesTests
{
    private const uint Root = 0;
    private const uint Probe = 1;

    private NinePGuest guest = null!;
    private IReadOnlyList<string> outside = null!;

    [OneTimeSetUp]
    public void Start()
    {
        guest = new NinePGuest();
        outside = guest.Outside;
        Directory.CreateDirectory(Path.Combine(guest.Share, "folder"));
        File.WriteAllText(Path.Combine(guest.Share, "folder", "inner"), "inner");
        File.WriteAllText(Path.Combine(guest.Share, "plain"), "plain");
    }

    [OneTimeTearDown]
    public void End() => guest.Dispose();

    // devices, in every case, with what Windows ignores behind them
    [TestCase("CON"), TestCase("con"), TestCase("PRN"), TestCase("AUX"), TestCase("NUL"), TestCase("nul.tar.gz"), TestCase("aux.txt")]
    [TestCase("aux .txt"), TestCase("COM1"), TestCase("com9.log"), TestCase("LPT1"), TestCase("CONIN$"), TestCase("CONOUT$")]
    [TestCase("COM\u00b9"), TestCase("LPT\u00b3")]
    // streams and drives
    [TestCase("name:stream"), TestCase("plain:stream"), TestCase("folder:stream"), TestCase("plain::$DATA"), TestCase("::$DATA")]
    [TestCase("folder::$INDEX_ALLOCATION"), TestCase(":"), TestCase("C:"), TestCase(@"C:\windows")]
    // other folders
    [TestCase(@"folder\inner"), TestCase(@"..\secret"), TestCase(@"..\share-2\other"), TestCase(@"\"), TestCase(@"\windows")]
    [TestCase(@"\\server\share"), TestCase(@"\\.\CON"), TestCase(@"\\.\PhysicalDrive0"), TestCase(@"\\?\C:\windows")]
    [TestCase(@"\??\C:\windows"), TestCase(@"\Device\Null")]
    // other spellings
    [TestCase("plain."), TestCase("plain "), TestCase("plain. ."), TestCase("..."), TestCase(" "), TestCase("folder.")]
    // what no name has
    [TestCase("st*r"), TestCase("wh?t"), TestCase("<"), TestCase(">"), TestCase("p|pe"), TestCase("qu\"ote"), TestCase("plai?")]
    [TestCase("bell\a"), TestCase("tab\t"), TestCase("line\n"), TestCase("\u001b[31m")]
    public void Is_refused(string name) => Refused(Encoding.UTF8.GetBytes(name), Errno.ENOENT, Errno.EINVAL);

    [TestCase(new byte[] { 0xff, 0xfe }, TestName = "Is_refused(no UTF-8)")]
    [TestCase(new byte[] { (byte)'a', 0xc0, 0xaf, (byte)'b' }, TestName = "Is_refused(a slash in two bytes)")]
    [TestCase(new byte[] { 0xed, 0xa0, 0x80 }, TestName = "Is_refused(half a UTF-16 pair)")]
    [TestCase(new byte[] { 0xe9 }, TestName = "Is_refused(Latin 1)")]
    public void Is_refused(byte[] name) => Refused(name, Errno.ENOENT, Errno.EILSEQ);

    [TestCase(256), TestCase(1000), TestCase(40_000)]
    public void A_long_name_is_refused(int length) =>
        Refused(Encoding.ASCII.GetBytes(new string('x', length)), Errno.ENAMETOOLONG, Errno.ENAMETOOLONG);

    // the protocol's own: a slash, no name, and the folders that are everywhere
    [TestCase("a/b"), TestCase("/"), TestCase("/etc/passwd"), TestCase("../secret"), TestCase("")]
    public void Is_refused_by_the_protocol(string name) => Refused(Encoding.UTF8.GetBytes(name), Errno.ENOENT, Errno.ENOENT);

    [Test]
    public void The_folder_above_the_share_is_the_share()
    {
        byte[] up = ".."u8.ToArray();
        byte[] inner = "plain"u8.ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(guest.WalkSome(Root, Probe, up, up, up, inner), Is.EqualTo((Errno.None, 4)));
            guest.Clunk(Probe);
            Assert.That(guest.WalkSome(Root, Probe, up, "secret"u8.ToArray()).Names, Is.Not.EqualTo(2));
            guest.Clunk(Probe);
            Assert.That(guest.MakeFolder(Root, up), Is.EqualTo(Errno.EEXIST));
            Assert.That(guest.Remove(Root, up, folder: true), Is.EqualTo(Errno.ENOTEMPTY));
            Assert.That(guest.Rename(Root, inner, up), Is.EqualTo(Errno.EISDIR));
            Assert.That(guest.Outside, Is.EqualTo(outside));
        }
    }

    [TestCase("plain text.txt"), TestCase(".hidden"), TestCase("a.b.c"), TestCase("COM0"), TestCase("COM10"), TestCase("console")]
    [TestCase("auxiliary.txt"), TestCase("NULL"), TestCase("$Extend"), TestCase("PROGRA~1"), TestCase("CLOCK$"), TestCase("file~")]
    [TestCase("naïve-客.txt"), TestCase("😀"), TestCase("..a"), TestCase(" a")]
    public void Is_a_name_as_any_other(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        Assert.That(guest.Walk(Root, Probe), Is.EqualTo(Errno.None));
        Assert.That(guest.Create(Probe, bytes), Is.EqualTo(Errno.None));
        Assert.That(guest.Write(Probe, 0, "text"u8.ToArray()), Is.EqualTo(Errno.None));
        guest.Clunk(Probe);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(Path.Combine(guest.Share, name)), Is.EqualTo("text"));
            Assert.That(guest.Walk(Root, Probe, bytes), Is.EqualTo(Errno.None));
            guest.Clunk(Probe);
            Assert.That(guest.Remove(Root, bytes), Is.EqualTo(Errno.None));
        }
    }

    /// <summary>
    /// By whatever request it comes: the error, nothing made or changed in the share or beside it, and a server that goes on.
    /// </summary>
    private void Refused(byte[] name, Errno whenLookedUp, Errno whenMade)
    {
        string[] before = Entries();
        byte[] plain = "plain"u8.ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(guest.Walk(Root, Probe, name), Is.EqualTo(whenLookedUp), "Twalk");
            Assert.That(guest.WalkSome(Root, Probe, "folder"u8.ToArray(), name).Names, Is.Not.EqualTo(2), "Twalk by a folder");
            guest.Clunk(Probe);
            Assert.That(guest.Walk(Root, Probe), Is.EqualTo(Errno.None));
            Assert.That(guest.Create(Probe, name), Is.EqualTo(whenMade), "Tlcreate");
            guest.Clunk(Probe);
            Assert.That(guest.MakeFolder(Root, name), Is.EqualTo(whenMade), "Tmkdir");
            Assert.That(guest.Rename(Root, plain, name), Is.EqualTo(whenMade), "Trenameat to it");
            Assert.That(guest.Rename(Root, name, "other"u8.ToArray()), Is.Not.EqualTo(Errno.None), "Trenameat from it");
            Assert.That(guest.Remove(Root, name), Is.Not.EqualTo(Errno.None), "Tunlinkat");
            Assert.That(guest.Remove(Root, name, folder: true), Is.Not.EqualTo(Errno.None), "Tunlinkat of a folder");
            Assert.That(guest.MakeNode(Root, name, 0x81a4), Is.Not.EqualTo(Errno.None), "Tmknod");
            Assert.That(guest.MakeLink(Root, name, "plain"), Is.Not.EqualTo(Errno.None), "Tsymlink");
            Assert.That(guest.Walk(Root, Probe, plain), Is.EqualTo(Errno.None), "what is there still is");
            guest.Clunk(Probe);
            Assert.That(Entries(), Is.EqualTo(before));
            Assert.That(guest.Outside, Is.EqualTo(outside));
        }
    }

    private string[] Entries() =>
        [.. Directory.EnumerateFileSystemEntries(guest.Share, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
