import "server-only";
import { cache } from "react";
import { serverApi } from "./api/server";

/** A video with its versions, as the api answers: asked once for a page, by its title and by its body. */
export const askVideo = cache(async (videoId: string) =>
  (await serverApi()).GET("/api/portal/videos/{video_id}", { params: { path: { video_id: videoId } } }),
);
