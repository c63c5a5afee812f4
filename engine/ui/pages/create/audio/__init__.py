"""The Audio step: a voice, its words on the waveform, and the recorder. Begin with step.py."""
