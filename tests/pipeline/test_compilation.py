"""Kernels are compiled beside other work where they are not yet, by a process that ends with it."""

from phusong.pipeline import compilation


def test_compiled_kernels_are_not_compiled_again(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(compilation.subprocess, "Popen", lambda *a, **k: started.append(a))
    monkeypatch.setattr(compilation, "KERNELS", str(tmp_path))
    with compilation.compile_beside():
        assert started == []


def test_a_process_that_compiles_ends_with_the_work_it_ran_beside(tmp_path, monkeypatch):
    started = []
    start = compilation.subprocess.Popen

    def _note(*words, **options):
        started.append(start(*words, **options))
        return started[0]

    monkeypatch.setattr(compilation.subprocess, "Popen", _note)
    monkeypatch.setattr(compilation, "KERNELS", str(tmp_path / "none"))
    with compilation.compile_beside():
        assert started[0].poll() is None
    assert started[0].poll() is not None
