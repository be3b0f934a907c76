using System.Text;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>What qcw-utils.ps1 installs, from where, and over what.</summary>
public sealed class UtilsInstallTests
{
    private static readonly string[] Installed =
    [
        "qcw-doctor.bat", "qcw-utils.manifest", "qcw-utils.ps1", "set-up-containers.bat",
        "shells/podman-default.bat", "shells/podman-hyperv.bat", "shells/podman-qemu.bat", "shells/podman-wsl.bat",
        "xz/bin/xz.exe", "xz/licenses/xz/COPYING",
    ];

    private UtilsRelease release = null!;

    [SetUp]
    public void MakeRelease() => release = new UtilsRelease();

    [TearDown]
    public void Delete() => release.Dispose();

    [TestCase("file"), TestCase("text"), TestCase("iex")]
    public void Installs_from_the_release(string mode)
    {
        string output = new UtilsScript(release.Folder, release.Stamp) { Mode = mode }.RunOk();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(UtilsRelease.FilesIn(release.Script.WorkingDirectory), Is.EqualTo(Installed.Select(file => "qcw-utils/" + file)));
            Assert.That(File.ReadAllText(Path.Combine(release.Default, "qcw-utils.ps1")), Is.EqualTo(UtilsScript.Text(release.Stamp)));
            Assert.That(output, Does.Contain("podman-default.bat").And.Not.Contain("belongs to no release"));
        }
    }

    [Test]
    public void Leaves_nothing_in_the_session_of_who_runs_it_with_iex() => Assert.That(
        new UtilsScript(release.Folder, release.Stamp) { Mode = "iex" }.RunOk(),
        Does.Contain("left behind: ; Continue"));

    [Test]
    public void Bears_spaces_and_other_letters_in_the_target()
    {
        string target = Path.Combine(release.Script.WorkingDirectory, "neue Ordner", "Überraschung 工具 [1] & Co");
        release.Script.RunOk("-Target", target);
        Assert.That(UtilsRelease.FilesIn(target), Is.EqualTo(Installed));
    }

    [TestCase("file"), TestCase("text")]
    public void A_second_run_has_nothing_to_do(string mode)
    {
        var script = new UtilsScript(release.Folder, release.Stamp) { Mode = mode };
        script.RunOk("-Target", "tools");
        Assert.That(script.RunOk("-Target", "tools"), Does.Contain("nothing to do"));
        Assert.That(release.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_is_there_is_refused_without_Force()
    {
        Directory.CreateDirectory(release.Default);
        File.WriteAllText(Path.Combine(release.Default, "mine.txt"), "mine");
        Assert.That(release.Script.RunFailing(), Does.Contain("is there already and not empty").And.Contain("-Force"));
        Assert.That(UtilsRelease.FilesIn(release.Script.WorkingDirectory), Is.EqualTo(["qcw-utils/mine.txt"]));
    }

    [Test]
    public void Force_repairs_and_leaves_what_is_not_ours()
    {
        release.Script.RunOk();
        File.WriteAllText(Path.Combine(release.Default, "xz/bin/mine.txt"), "mine");
        File.WriteAllText(Path.Combine(release.Default, "xz/bin/xz.exe"), "broken");
        File.Delete(Path.Combine(release.Default, "shells/podman-wsl.bat"));
        release.Script.RunFailing();
        release.Script.RunOk("-Force");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(UtilsRelease.FilesIn(release.Default), Is.EquivalentTo(Installed.Append("xz/bin/mine.txt")));
            Assert.That(File.ReadAllText(Path.Combine(release.Default, "xz/bin/xz.exe")), Is.EqualTo("MZ xz"));
        }
    }

    [Test]
    public void Force_removes_files_that_the_new_version_has_no_more()
    {
        release.Script.RunOk();
        File.WriteAllText(Path.Combine(release.Default, "retired.txt"), "old");
        File.AppendAllText(
            Path.Combine(release.Default, "qcw-utils.manifest"),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("old"u8)) + "  retired.txt\n");
        File.AppendAllText(Path.Combine(release.Default, "qcw-utils.ps1"), "# older\n");
        release.Script.RunOk("-Force");
        Assert.That(UtilsRelease.FilesIn(release.Default), Is.EqualTo(Installed));
    }

    [Test]
    public void WhatIf_does_nothing()
    {
        string output = release.Script.RunOk("-WhatIf");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain(release.Sha256).And.Contain("podman-qemu.bat"));
            Assert.That(release.Server.Requests, Is.Empty);
            Assert.That(Directory.GetFileSystemEntries(release.Script.WorkingDirectory), Is.Empty);
        }
    }

    [Test]
    public void Offline_takes_the_archive_from_a_folder()
    {
        release.Script.RunOk("-Offline", release.OfflineFolder(release.Sha256));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(UtilsRelease.FilesIn(release.Default), Is.EqualTo(Installed));
            Assert.That(release.Server.Requests, Is.Empty);
        }
    }

    [Test]
    public void Another_release_is_verified_by_its_own_checksums()
    {
        release.Server.On($"/download/0.0.9/{UtilsRelease.XzFile}", HttpReply.File(release.Zip));
        release.Server.On(
            "/download/0.0.9/SHA256SUMS", HttpReply.File(Encoding.ASCII.GetBytes($"{release.Sha256}  {UtilsRelease.XzFile}\n")));
        Assert.That(release.Script.RunOk("-Version", "0.0.9"), Does.Contain("as trustworthy as the place it comes from"));
    }

    [Test]
    public void An_unreleased_script_says_so_and_takes_only_what_a_folder_has_checksums_for()
    {
        var script = new UtilsScript(release.Folder, UtilsStamp.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(script.RunFailing(), Does.Contain("belongs to no release").And.Contain("-Offline FOLDER"));
            Assert.That(
                script.RunOk("-Offline", release.OfflineFolder(release.Sha256)),
                Does.Contain("note: this qcw-utils.ps1 belongs to no release"));
            Assert.That(UtilsRelease.FilesIn(script.WorkingDirectory), Has.Length.EqualTo(Installed.Length));
        }
    }

    [Test]
    public void Help_tells_every_parameter() =>
        Assert.That(
            release.Script.RunOk("-Help"),
            Does.Contain("-Target")
                .And.Contain("-Version")
                .And.Contain("-Force")
                .And.Contain("-Uninstall")
                .And.Contain("-Offline")
                .And.Contain("-WhatIf")
                .And.Contain("-Doctor")
                .And.Contain("-PodmanDesktop")
                .And.Contain("-SetUp"));
}
