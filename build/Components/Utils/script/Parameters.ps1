[CmdletBinding(PositionalBinding = $false)]
param(
    [string]$Target = '',
    [string]$Version = '',
    [switch]$Force,
    [switch]$Uninstall,
    [string]$Offline = '',
    [switch]$WhatIf,
    [switch]$Doctor,
    [switch]$Fix,
    [switch]$Json,
    [switch]$PodmanDesktop,
    [string]$Root = '',
    [switch]$Help
)
