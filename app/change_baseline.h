// SPDX-License-Identifier: GPL-3.0-or-later
// In the workspace Change the run before the first ablation becomes the baseline by itself, so that one sees at once
// what it did; with the last one taken back, another picture or another model it is released. A baseline that the
// person held is left alone.
#pragma once

#include <QObject>

namespace headlens {

class InspectionModel;
class LessonPlayer;
class Workspaces;
struct RunRequest;

class ChangeBaseline : public QObject {
    Q_OBJECT
public:
    ChangeBaseline(InspectionModel* model, const Workspaces* workspaces, const LessonPlayer* lessons, QObject* parent);

private:
    void onChange(const RunRequest& before, const RunRequest& wanted);
    void onInput();
    void release();

    InspectionModel* m_model;
    const Workspaces* m_workspaces;
    const LessonPlayer* m_lessons; // an open one tells what is seen: of the run itself
    bool m_isOwn = false;          // the baseline is ours
};

} // namespace headlens
